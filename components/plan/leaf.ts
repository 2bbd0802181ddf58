import type { Input } from "@pulumi/pulumi";

/** A text that may be known only after something else was made (an id, an ARN). The core carries it and never opens it. */
export type Leaf = Input<string>;

/** A number of the same kind, such as a node port that Kubernetes picks. */
export type NumberLeaf = Input<number>;

/** A list of which it may be known only later how long it is, such as the ranges of a VPC. */
export type ListLeaf = Input<readonly string[]>;

/** A text made of several leaves, known or late. They are put together at the edge, where the resource is made. */
export interface LateText {
  readonly concat: readonly Leaf[];
  /** Makes the whole a text that is accepted where it goes, such as a name that may be too long. */
  readonly shorten?: (whole: string) => string;
}

/** The value of an annotation: Kubernetes takes only strings. */
export type AnnotationValue = Leaf | LateText;

/** Chart values or any other tree of plain data with leaves. */
export interface Tree {
  readonly [key: string]: unknown;
}
