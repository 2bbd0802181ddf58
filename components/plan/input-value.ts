import type { Input } from "@pulumi/pulumi";

/** A text that may be known only after something else was made (an id, an ARN). The core carries it and never opens it. */
export type InputValue = Input<string>;

/** A number of the same kind, such as a node port that Kubernetes picks. */
export type NumberInput = Input<number>;

/** A list of which it may be known only later how long it is, such as the ranges of a VPC. */
export type ListInput = Input<readonly string[]>;

/** A text that consists of several input values, known or deferred. The shell joins them where it creates the resource. */
export interface Interpolation {
  readonly concat: readonly InputValue[];
  /** Makes the whole a text that is accepted where it goes, such as a name that may be too long. */
  readonly shorten?: (whole: string) => string;
}

/** The value of an annotation: Kubernetes takes only strings. */
export type AnnotationValue = InputValue | Interpolation;

/** Chart values or any other tree of plain data with input values. */
export interface Tree {
  readonly [key: string]: unknown;
}
