import { z } from 'zod';

/** Schemas of the forms that something may take, each known by a key that only it has. */
type Forms = Readonly<Record<string, z.ZodType>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One of several forms, told apart by their first key that is there: so that a fault is told for the form that
 * was meant, and not for all of them.
 */
export const oneOf = <F extends Forms>(forms: F): z.ZodType<z.infer<F[keyof F]>> =>
  z.unknown().transform((value, context): z.infer<F[keyof F]> => {
    const key = isRecord(value) ? Object.keys(forms).find((each) => each in value) : undefined;
    const schema = key === undefined ? undefined : forms[key];
    if (!schema) {
      const message = `has none of the keys ${Object.keys(forms).join(', ')}`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data as z.infer<F[keyof F]>;
    for (const { message, path } of parsed.error.issues) {
      context.addIssue({ code: 'custom', message, path: [...path] });
    }
    return z.NEVER;
  });
