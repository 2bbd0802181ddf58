import {
  CreateNetworkInterfaceCommand,
  DeleteNetworkInterfaceCommand,
  type EC2Client,
  ModifyNetworkInterfaceAttributeCommand,
} from "@aws-sdk/client-ec2";
import { type Call, listOf } from "./call";

/**
 * The network interfaces of load balancers. AWS makes one in each subnet of a balancer, and keeps them for a while after
 * the balancer is gone; that is why its security group cannot be deleted at once. moto knows nothing of this.
 */
export class BalancerInterfaces {
  private readonly byBalancer = new Map<string, readonly string[]>();
  private readonly timers = new Set<NodeJS.Timeout>();

  public constructor(
    private readonly ec2: EC2Client,
    private readonly model: { readonly interfacesLingerSeconds: number },
  ) {}

  public async follow(call: Call, body: string): Promise<void> {
    const { form } = call;
    if (call.action === "CreateLoadBalancer") await this.add(form, body);
    if (call.action === "SetSecurityGroups") {
      await this.regroup(form.get("LoadBalancerArn") ?? "", listOf(form, "SecurityGroups"));
    }
    if (call.action === "DeleteLoadBalancer") this.removeLater(form.get("LoadBalancerArn") ?? "");
  }

  public close(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async add(form: URLSearchParams, body: string): Promise<void> {
    const arn = /<LoadBalancerArn>([^<]+)</.exec(body)?.[1];
    if (arn === undefined || this.byBalancer.has(arn)) return;
    const kind = form.get("Type") === "network" ? "net" : "app";
    const description = `ELB ${kind}/${String(form.get("Name"))}/${arn.split("/").slice(-1).join("")}`;
    const mapped = [...form.entries()].filter(([key]) => /^SubnetMappings\.member\.\d+\.SubnetId$/.test(key));
    const subnets = [...listOf(form, "Subnets"), ...mapped.map(([, subnet]) => subnet)];
    const groups = [...listOf(form, "SecurityGroups")];
    const created = await Promise.all(
      subnets.map((subnet) =>
        this.ec2.send(
          new CreateNetworkInterfaceCommand({ SubnetId: subnet, Description: description, Groups: groups }),
        ),
      ),
    );
    this.byBalancer.set(
      arn,
      created.flatMap(({ NetworkInterface: one }) => one?.NetworkInterfaceId ?? []),
    );
  }

  private async regroup(arn: string, groups: readonly string[]): Promise<void> {
    for (const id of this.byBalancer.get(arn) ?? []) {
      const change = { NetworkInterfaceId: id, Groups: [...groups] };
      await this.ec2.send(new ModifyNetworkInterfaceAttributeCommand(change));
    }
  }

  private removeLater(arn: string): void {
    const ids = this.byBalancer.get(arn) ?? [];
    this.byBalancer.delete(arn);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void Promise.all(
        ids.map(async (id) =>
          this.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id })).catch(() => undefined),
        ),
      );
    }, this.model.interfacesLingerSeconds * 1000);
    this.timers.add(timer);
  }
}
