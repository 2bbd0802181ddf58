import * as pulumi from "@pulumi/pulumi";

/** Seconds after which an answer counts as slow. */
const slow = 10;

/** How a slow answer is reported. */
export interface SlowQuestion {
  /** What is asked for, in the user's words. */
  readonly what: string;
  /** What must be known before anybody can ask. */
  readonly question: pulumi.Input<string>;
  readonly options: pulumi.InvokeOptions;
}

/** When and how it is reported. */
export interface Reporter {
  readonly seconds: number;
  readonly report: (text: string, parent: pulumi.Resource | undefined) => void;
}

const usual: Reporter = {
  seconds: slow,
  // Shown while it holds, and not kept in the log.
  report: (text, parent) => void pulumi.log.info(text, parent, undefined, true),
};

/** Tells what a look-up waits for if AWS takes its time: until it answers, not much else moves. */
export function reportIfSlow<Answer>(
  answer: pulumi.Output<Answer>,
  { what, question, options: { parent } }: SlowQuestion,
  { seconds, report }: Reporter = usual,
): pulumi.Output<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const started = pulumi.output(question).apply(() => {
    const notify = () => report(`still waiting for AWS to return ${what}`, parent);
    timer = setTimeout(notify, seconds * 1000).unref();
    return true;
  });
  return pulumi.all([answer, started]).apply(([found]) => {
    clearTimeout(timer);
    return found as Answer;
  });
}
