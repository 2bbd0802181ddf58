/** How versions can be shown. */
export const versionsFormats = ["text", "json"] as const;
export type VersionsFormat = (typeof versionsFormats)[number];
