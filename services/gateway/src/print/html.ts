import { createHash } from 'node:crypto';
import { escaped } from '../http/escape.ts';
import type { Sheet, Table } from './sheet.ts';

/** Black on white, and breaks where paper wants them. */
const STYLE = `
@page { size: A4 landscape; margin: 12mm }
body { font: 9pt/1.35 Arial, Helvetica, sans-serif; color: #000; background: #fff; margin: 1rem }
header p { margin: .2rem 0 }
.mark { font-weight: bold; text-align: center; border-bottom: 1px solid #000; padding-bottom: .3rem }
.made, .age { font-size: 12pt; font-weight: bold }
.age { border: 3px solid #000; padding: .5rem }
h1 { font-size: 18pt; margin: .5rem 0 } h2 { font-size: 13pt; margin: 1rem 0 .3rem; break-after: avoid }
table { border-collapse: collapse; width: 100% } thead { display: table-header-group }
th, td { border: 1px solid #555; padding: 2px 4px; text-align: left; vertical-align: top }
.long { overflow-wrap: anywhere }
th { background: #e8e8e8 } tr { break-inside: avoid }
td:last-child, th:last-child { min-width: 4rem }
@media print { body { margin: 0 } section + section { break-before: auto } }
`;

/** What a page with this style may load: nothing but the style itself. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Stands where whoever serves the page says how old it is. */
const AGE_PLACE = '<!--age-->';

/** A word of so many characters may be broken, so that it does not push others off the paper. */
const LONG_WORD = /\S{25}/;

const cells = (tag: 'td' | 'th', texts: readonly string[]): string =>
  texts
    .map((text) => {
      const scope = tag === 'th' ? ' scope="col"' : '';
      return `<${tag}${scope}${LONG_WORD.test(text) ? ' class="long"' : ''}>${escaped(text)}</${tag}>`;
    })
    .join('');

const tableOf = ({ title, note, columns, rows, empty }: Table): string => {
  const told = note === undefined ? '' : `<p>${escaped(note)}</p>`;
  const body =
    rows.length === 0
      ? `<p>${escaped(empty)}</p>`
      : `<table><thead><tr>${cells('th', columns)}</tr></thead>\n<tbody>\n${rows
          .map((row) => `<tr>${cells('td', row)}</tr>`)
          .join('\n')}\n</tbody></table>`;
  return `<section><h2>${escaped(title)}</h2>${told}${body}</section>`;
};

/** A page that holds all that it needs, so that it can be opened from a disk. */
export const htmlOf = ({ title, mark, made, lead, tables }: Sheet): string => `<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<header><p class="mark">${escaped(mark)}</p>
<h1>${escaped(title)}</h1>
<p class="made">${escaped(made)}</p>
${AGE_PLACE}
${lead.map((line) => `<p>${escaped(line)}</p>`).join('\n')}</header>
<main>
${tables.map(tableOf).join('\n')}
</main>
</body></html>
`;

/** The page with a word on its age. */
export const withAge = (page: string, age: string): string =>
  page.replace(AGE_PLACE, () => `<p class="age" role="status">${escaped(age)}</p>`);
