/** What a person has written, by the path of the field. */
export type Written = Readonly<Record<string, string>>;
