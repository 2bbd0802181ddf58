import {
  AssignPrivateIpAddressesCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  type EC2Client,
  RunInstancesCommand,
  type ResourceType,
} from "@aws-sdk/client-ec2";

/** A machine of the cluster. */
export interface Machine {
  readonly instanceId: string;
  readonly zone: string;
  readonly address: string;
  /** Range of the addresses of its pods: inside of its subnet, as the VPC CNI gives them. */
  readonly podCidr: string;
}

/** The VPC of a test environment. */
export interface Network {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  /** The group that EKS makes: on the control plane's interfaces and on all nodes. */
  readonly clusterSecurityGroupId: string;
  readonly machines: readonly Machine[];
}

export interface NetworkOptions {
  readonly clusterName: string;
  readonly region: string;
}

const vpcCidr = "10.0.0.0/16";

/** Three zones, each with a private subnet for its machine and a public one for load balancers. */
const zones = [
  { letter: "a", privateRange: "10.0.0.0/20", publicRange: "10.0.96.0/24", machine: "10.0.1.10", pods: "10.0.8" },
  { letter: "b", privateRange: "10.0.16.0/20", publicRange: "10.0.97.0/24", machine: "10.0.17.10", pods: "10.0.24" },
  { letter: "c", privateRange: "10.0.32.0/20", publicRange: "10.0.98.0/24", machine: "10.0.33.10", pods: "10.0.40" },
] as const;

/** Makes the network as `eksctl` would: tagged so that the load balancer controller finds its subnets. */
export async function seedNetwork(ec2: EC2Client, { clusterName, region }: NetworkOptions): Promise<Network> {
  const { Vpc: vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: vpcCidr }));
  const vpcId = known(vpc?.VpcId);
  const internet = await seedInternet(ec2, vpcId);
  const clusterSecurityGroupId = await seedClusterGroup(ec2, vpcId, clusterName);
  const seeded = await Promise.all(
    zones.map(async (zone) => {
      const place = { vpcId, zone: `${region}${zone.letter}`, clusterName };
      const [privateSubnet, publicSubnet] = await Promise.all([
        seedSubnet(ec2, { ...place, cidr: zone.privateRange, role: "kubernetes.io/role/internal-elb" }),
        seedSubnet(ec2, { ...place, cidr: zone.publicRange, role: "kubernetes.io/role/elb" }),
      ]);
      await ec2.send(new AssociateRouteTableCommand({ RouteTableId: internet, SubnetId: publicSubnet }));
      const machine = await seedMachine(ec2, { subnet: privateSubnet, group: clusterSecurityGroupId, zone });
      return { privateSubnet, publicSubnet, machine: { ...machine, zone: place.zone } };
    }),
  );
  return {
    vpcId,
    vpcCidr,
    clusterSecurityGroupId,
    privateSubnetIds: seeded.map(({ privateSubnet }) => privateSubnet),
    publicSubnetIds: seeded.map(({ publicSubnet }) => publicSubnet),
    machines: seeded.map(({ machine }) => machine),
  };
}

/** The route table of the public subnets. */
async function seedInternet(ec2: EC2Client, vpcId: string): Promise<string> {
  const { InternetGateway: gateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const { RouteTable: table } = await ec2.send(new CreateRouteTableCommand({ VpcId: vpcId }));
  const GatewayId = known(gateway?.InternetGatewayId);
  const RouteTableId = known(table?.RouteTableId);
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: GatewayId, VpcId: vpcId }));
  await ec2.send(new CreateRouteCommand({ RouteTableId, GatewayId, DestinationCidrBlock: "0.0.0.0/0" }));
  return RouteTableId;
}

async function seedClusterGroup(ec2: EC2Client, vpcId: string, clusterName: string): Promise<string> {
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({
      GroupName: `eks-cluster-sg-${clusterName}`,
      Description: "EKS created security group applied to ENI",
      VpcId: vpcId,
      TagSpecifications: tags("security-group", { [`kubernetes.io/cluster/${clusterName}`]: "owned" }),
    }),
  );
  const group = known(GroupId);
  const itself = [{ IpProtocol: "-1", UserIdGroupPairs: [{ GroupId: group }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: itself }));
  return group;
}

interface SubnetSeed {
  readonly vpcId: string;
  readonly zone: string;
  readonly cidr: string;
  readonly role: string;
  readonly clusterName: string;
}

async function seedSubnet(ec2: EC2Client, { vpcId, zone, cidr, role, clusterName }: SubnetSeed): Promise<string> {
  const labels = { [role]: "1", [`kubernetes.io/cluster/${clusterName}`]: "shared" };
  const { Subnet: subnet } = await ec2.send(
    new CreateSubnetCommand({
      VpcId: vpcId,
      CidrBlock: cidr,
      AvailabilityZone: zone,
      TagSpecifications: tags("subnet", labels),
    }),
  );
  return known(subnet?.SubnetId);
}

interface MachineSeed {
  readonly subnet: string;
  readonly group: string;
  readonly zone: (typeof zones)[number];
}

/** A machine with the addresses of its pods on its interface, which is how the controller finds a pod's security group. */
async function seedMachine(ec2: EC2Client, { subnet, group, zone }: MachineSeed): Promise<Omit<Machine, "zone">> {
  const { Instances: [instance] = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: "ami-12c6146b",
      InstanceType: "m5.large",
      MinCount: 1,
      MaxCount: 1,
      SubnetId: subnet,
      SecurityGroupIds: [group],
      PrivateIpAddress: zone.machine,
    }),
  );
  const NetworkInterfaceId = instance?.NetworkInterfaces?.[0]?.NetworkInterfaceId;
  const PrivateIpAddresses = Array.from({ length: 62 }, (_, index) => `${zone.pods}.${index + 1}`);
  await ec2.send(new AssignPrivateIpAddressesCommand({ NetworkInterfaceId, PrivateIpAddresses }));
  return { instanceId: known(instance?.InstanceId), address: zone.machine, podCidr: `${zone.pods}.0/26` };
}

function tags(kind: ResourceType, labels: Readonly<Record<string, string>>) {
  return [{ ResourceType: kind, Tags: Object.entries(labels).map(([Key, Value]) => ({ Key, Value })) }];
}

function known(id: string | undefined): string {
  if (id === undefined) throw new Error("moto gave no id");
  return id;
}
