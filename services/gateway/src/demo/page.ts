import { escaped } from '../http/escape.ts';
import type { Person } from '../session/person.ts';

export const STYLE = `body { font-family: sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
.warning { border: 4px solid #d4351c; padding: 1rem; font-weight: bold }
form { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .5rem }
button { font: inherit; padding: .6rem; text-align: left; cursor: pointer }
`;

/** The page on which one chooses whom to be; there is no password. */
export const choicePage = (uid: string, people: readonly Person[]): string => {
  const orgs = [...new Set(people.flatMap(({ duties }) => duties.map(({ org }) => org)))];
  const buttons = (org: string): string =>
    people
      .filter(({ duties }) => duties[0]?.org === org)
      .map(
        ({ id, name }) =>
          `<button name="person" value="${escaped(id)}">${escaped(name)}<br><small>${escaped(id)}</small></button>`,
      )
      .join('\n');
  const sections = orgs.map(
    (org) =>
      `<h2>${escaped(org)}</h2>\n<form method="post" action="/sign-in/${escaped(uid)}">\n${buttons(org)}\n</form>`,
  );
  return `<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demo sign-in – Muster</title><link rel="stylesheet" href="/style.css"></head>
<body><main>
<h1>Who do you want to be?</h1>
<p class="warning">DEMO: nobody here is real and there is no password. This page answers on this machine only.</p>
${sections.join('\n')}
</main></body></html>
`;
};
