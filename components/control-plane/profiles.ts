import { Profile } from "../plan/enums";

/** Profiles whose istiod is not the component's: someone else installs it, or it runs elsewhere. */
export const profilesWithoutIstiod: readonly Profile[] = [Profile.Empty, Profile.Remote];
