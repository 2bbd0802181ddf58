/** How findings can be shown. */
export const checkFormats = ["text", "json"] as const;
export type CheckFormat = (typeof checkFormats)[number];
