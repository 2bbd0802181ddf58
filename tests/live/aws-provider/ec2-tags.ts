import { CreateTagsCommand, DeleteTagsCommand, type EC2Client, type ResourceType } from "@aws-sdk/client-ec2";
import type { Labels } from "./properties";

/** Tags of something that is about to be made; none are left out, since AWS refuses an empty list. */
export function ec2Labels(kind: ResourceType, tags: Labels) {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: kind, Tags }] };
}

/** Changes the tags of something that exists. */
export async function retag(
  ec2: EC2Client,
  id: string,
  { from, to }: { readonly from: Labels; readonly to: Labels },
): Promise<void> {
  const gone = Object.keys(from).filter((key) => !(key in to));
  const changed = Object.entries(to).filter(([key, value]) => from[key] !== value);
  if (gone.length > 0) {
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: gone.map((Key) => ({ Key })) }));
  }
  if (changed.length > 0) {
    const Tags = changed.map(([Key, Value]) => ({ Key, Value }));
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
  }
}
