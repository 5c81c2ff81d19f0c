import { EVENT_TYPES, eventRow } from '../registry.ts';
import { addresseeOf, subjectTemplate } from './subjects.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const HEADS = ['Type', 'What it says', 'Subject', 'Stream', 'Addressee', 'May be caused by', 'EDXL-RM 1.0'];

/** The catalogue of events as Markdown. */
export const catalogue = (): string => {
  const rows = EVENT_TYPES.map((type) => {
    const { about, stream, actors, edxl } = eventRow(type);
    return row([
      `[\`${type}\`](schemas/events/${type}.json)`,
      about,
      `\`${subjectTemplate(type)}\``,
      stream,
      addresseeOf(type) ?? '–',
      actors.join(', '),
      edxl,
    ]);
  });
  return `# Events

Made from the event table by \`pnpm generate\`; do not edit. Bodies are JSON, the envelope is carried as CloudEvents
headers ([asyncapi.yaml](asyncapi.yaml)). \`<mode>\` is \`actual\` or \`exercise\`; a stream's full name ends in its mode,
such as \`ASSISTANCE_ACTUAL\`. The addressee is the one force, beside the owner of the subject, that may read the event.

${row(HEADS)}
${row(HEADS.map(() => '---'))}
${rows.join('\n')}
`;
};
