/** Does something while the page is seen; what is asked for meanwhile is done once, when it is seen again. */
export const whenSeen = (run: () => void): { ask(): void; stop(): void } => {
  let isOwed = false;
  const ask = (): void => {
    isOwed = document.hidden;
    if (!isOwed) run();
  };
  const onSeen = (): void => {
    if (isOwed) ask();
  };
  document.addEventListener('visibilitychange', onSeen);
  return { ask, stop: () => document.removeEventListener('visibilitychange', onSeen) };
};
