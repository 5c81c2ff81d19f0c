const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'medium' });

/** The time of day as people read it everywhere in Muster: in London, to the second. */
export const timeOfDay = (at: Date | string): string => LONDON.format(new Date(at));
