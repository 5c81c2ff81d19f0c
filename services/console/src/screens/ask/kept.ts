import { useEffect, useState } from 'react';
import type { Place } from '../../api/http.ts';
import { nowMs } from '../../clock.ts';
import { useReference } from '../../words/orgs.ts';
import { type AskForm, newForm } from './form.ts';

const keyOf = ({ mode, org }: Place): string => `ask/${mode}/${org}`;

/** The form, kept in this tab of the browser: a session that ends or a page that is loaded again loses nothing. */
export const useKeptForm = (
  place: Place,
): { form: AskForm; set(change: Partial<AskForm>): void; drop(): void } => {
  const reference = useReference();
  const key = keyOf(place);
  const [form, setForm] = useState<AskForm>(() => {
    const fresh = newForm(place.org, reference, nowMs());
    const kept = sessionStorage.getItem(key);
    return kept === null ? fresh : { ...fresh, ...(JSON.parse(kept) as AskForm) };
  });
  const [isDropped, setIsDropped] = useState(false);
  useEffect(() => {
    if (isDropped) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(form));
  }, [form, key, isDropped]);
  return {
    form,
    set: (change) => setForm((before) => ({ ...before, ...change })),
    drop: () => {
      sessionStorage.removeItem(key);
      setIsDropped(true);
    },
  };
};
