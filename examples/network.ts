import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Where a cluster of the examples lives. */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  /** For internet-facing load balancers. */
  readonly publicSubnetIds: readonly pulumi.Output<string>[];
  /** For nodes, and for internal load balancers. */
  readonly privateSubnetIds: readonly pulumi.Output<string>[];
}

const zones = 3;

/**
 * Makes a VPC over three zones: public subnets, and private ones that reach the internet through one NAT gateway.
 *
 * Whoever makes load balancers finds the subnets by their `kubernetes.io/role/…` tags.
 */
export function makeNetwork(name: string): Network {
  const names = aws.getAvailabilityZonesOutput({ state: "available" }).names;
  const vpc = new aws.ec2.Vpc(`${name}-vpc`, {
    cidrBlock: "10.0.0.0/16",
    enableDnsHostnames: true,
    tags: { Name: name },
  });
  const subnets = (kind: string, first: number, tags: Readonly<Record<string, string>>) =>
    Array.from({ length: zones }, (_, zone) => {
      const subnetName = `${name}-${kind}-${zone}`;
      const cidrBlock = `10.0.${(first + zone) * 16}.0/20`;
      return new aws.ec2.Subnet(subnetName, {
        ...{ vpcId: vpc.id, cidrBlock, mapPublicIpOnLaunch: kind === "public" },
        availabilityZone: names.apply((all) => String(all[zone])),
        tags: { Name: subnetName, ...tags },
      });
    });
  const publicSubnets = subnets("public", 0, { "kubernetes.io/role/elb": "1" });
  const privateSubnets = subnets("private", zones, { "kubernetes.io/role/internal-elb": "1" });

  const gateway = new aws.ec2.InternetGateway(`${name}-internet-gateway`, { vpcId: vpc.id });
  const address = new aws.ec2.Eip(`${name}-nat-address`, { domain: "vpc" }, { dependsOn: [gateway] });
  const [first] = publicSubnets.map(({ id }) => id);
  const nat = new aws.ec2.NatGateway(`${name}-nat`, {
    allocationId: address.id,
    subnetId: first as pulumi.Output<string>,
  });
  const routes = [
    route(`${name}-public-routes`, vpc, { gatewayId: gateway.id }, publicSubnets),
    route(`${name}-private-routes`, vpc, { natGatewayId: nat.id }, privateSubnets),
  ].flat();
  // Nothing may start in a subnet, or end, without its way out: hence the ids wait for the routes.
  const routed = (subnet: aws.ec2.Subnet) =>
    pulumi.all([subnet.id, ...routes.map(({ id }) => id)]).apply(([id]) => String(id));
  return { vpcId: vpc.id, publicSubnetIds: publicSubnets.map(routed), privateSubnetIds: privateSubnets.map(routed) };
}

// eslint-disable-next-line max-params -- a name, where, whereto, and for whom
function route(
  name: string,
  vpc: aws.ec2.Vpc,
  target: { readonly gatewayId?: pulumi.Output<string>; readonly natGatewayId?: pulumi.Output<string> },
  subnets: readonly aws.ec2.Subnet[],
): readonly aws.ec2.RouteTableAssociation[] {
  const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id, routes: [{ cidrBlock: "0.0.0.0/0", ...target }] });
  return subnets.map(
    (subnet, zone) =>
      new aws.ec2.RouteTableAssociation(`${name}-${zone}`, { routeTableId: table.id, subnetId: subnet.id }),
  );
}
