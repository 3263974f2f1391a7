/** Lets nobody pass before so many have arrived; who comes later passes at once. */
export function meetingOf(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let expected = count;
  return () => {
    if (--expected === 0) resolve();
    return promise;
  };
}
