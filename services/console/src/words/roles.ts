/** Roles whose names alone are no words. */
const WORDS: Readonly<Record<string, string>> = {
  ricc: 'regional coordination',
  'force-ict': 'force ICT',
};

export const roleWords = (role: string): string => WORDS[role] ?? role.replaceAll('-', ' ');
