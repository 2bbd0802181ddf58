/** Asks at the first use and remembers the answer, so that nothing is asked that nobody needs. */
export function once<Answer extends object>(ask: () => Answer): () => Answer {
  let answer: Answer | undefined;
  return () => {
    if (answer === undefined) answer = ask();
    return answer;
  };
}
