/** Bytes of one roster file. */
export const ROSTER_BYTES_MAX = 8_388_608;
/** Rows of one roster file, the header not counted. */
export const ROSTER_ROWS_MAX = 20_000;
/** Roster files in one folder. */
export const ROSTER_FILES_MAX = 64;
/** Characters of one row, line breaks inside quotes included. */
export const ROW_CHARS_MAX = 16_384;
/** Characters of one cell. */
export const CELL_CHARS_MAX = 4_096;
/** Problems reported for one file; the rest are counted. */
export const PROBLEMS_MAX = 500;
/** Characters of a value that a problem quotes. */
export const VALUE_SHOWN_CHARS = 40;
