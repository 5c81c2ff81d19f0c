/** Lets a fixed number through at once; the others wait in order. */
export type Gate = { enter(): Promise<void> | undefined; leave(): void };

export const createGate = (inside: number): Gate => {
  let free = inside;
  const waiting: (() => void)[] = [];
  return {
    enter: () => {
      if (free > 0) {
        free -= 1;
        return undefined;
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave: () => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
};
