import { fileURLToPath } from 'node:url';
import pdfmake, { type Content } from 'pdfmake';
import type { Sheet, Table } from './sheet.ts';

const FONT = 'Roboto';
const fontFile = (style: string): string =>
  fileURLToPath(import.meta.resolve(`pdfmake/fonts/${FONT}/${FONT}-${style}.ttf`));
const FONTS = {
  normal: fontFile('Regular'),
  bold: fontFile('Medium'),
  italics: fontFile('Italic'),
  bolditalics: fontFile('MediumItalic'),
};

pdfmake.setFonts({ [FONT]: FONTS });
// What is printed is text of many; nothing of it is ever fetched or read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => Object.values(FONTS).includes(path));

const head = (columns: readonly string[]) =>
  columns.map((text) => ({ text, bold: true, fillColor: '#e8e8e8' }));

/** Columns are as wide as what is in them, and the longest texts share the rest. */
const widths = ({ columns, rows }: Table): ('auto' | '*')[] => {
  const longest = columns.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  const wide = Math.max(20, ...longest) / 2;
  return columns.map((name, at) => (name === 'Notes' || (longest[at] ?? 0) >= wide ? '*' : 'auto'));
};

const tableOf = (table: Table): Content[] => [
  { text: table.title, style: 'section' },
  ...(table.note === undefined ? [] : [{ text: table.note }]),
  table.rows.length === 0
    ? { text: table.empty }
    : {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: widths(table),
          body: [head(table.columns), ...table.rows.map((row) => [...row])],
        },
      },
];

/** The sheet as A4 pages; each says when it was made. */
export const pdfOf = async ({ title, mark, made, lead, tables }: Sheet): Promise<Buffer> =>
  pdfmake
    .createPdf({
      pageSize: 'A4',
      pageOrientation: 'landscape',
      pageMargins: [30, 40, 30, 35],
      info: { title },
      language: 'en-GB',
      header: { text: mark, alignment: 'center', bold: true, margin: [0, 15, 0, 0] },
      footer: (page, pages) => ({ text: `${made} Page ${page} of ${pages}`, alignment: 'center' }),
      defaultStyle: { font: FONT, fontSize: 8 },
      styles: { section: { fontSize: 12, bold: true, margin: [0, 10, 0, 4] } },
      content: [
        { text: title, fontSize: 18, bold: true },
        { text: made, fontSize: 11, bold: true, margin: [0, 4, 0, 4] },
        ...lead,
        ...tables.flatMap(tableOf),
      ],
    })
    .getBuffer();
