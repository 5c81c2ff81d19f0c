import { useSyncExternalStore } from 'react';

/** Whether this browser shows notifications of what waits: it cannot, the person forbade it in the browser, or as they chose. */
export type OptIn = 'impossible' | 'forbidden' | 'off' | 'on';

/** One choice for one person; several may use one browser. */
const keyOf = (person: string): string => `muster-notifications ${person}`;
const ON = 'on';

const listeners = new Set<() => void>();
const changed = (): void => {
  for (const each of listeners) each();
};

const subscribe = (listen: () => void): (() => void) => {
  listeners.add(listen);
  // Chosen in another tab.
  window.addEventListener('storage', listen);
  return () => {
    listeners.delete(listen);
    window.removeEventListener('storage', listen);
  };
};

const optInOf = (person: string): OptIn => {
  if (!('Notification' in window)) return 'impossible';
  if (Notification.permission === 'denied') return 'forbidden';
  return Notification.permission === 'granted' && localStorage.getItem(keyOf(person)) === ON ? 'on' : 'off';
};

export const useOptIn = (person: string): OptIn => useSyncExternalStore(subscribe, () => optInOf(person));

/** Asks the browser, which asks the person; only a press of a button may lead here. */
export const turnOn = async (person: string): Promise<void> => {
  if ((await Notification.requestPermission()) === 'granted') localStorage.setItem(keyOf(person), ON);
  changed();
};

export const turnOff = (person: string): void => {
  localStorage.removeItem(keyOf(person));
  changed();
};
