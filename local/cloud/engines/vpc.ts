import { engineOperation } from './engine-operation.ts';

/** Virtual Private Cloud, for connections over a VPC or a dedicated line: every account has one. */
export const vpc = engineOperation({
  service: 'vpc',
  version: '2016-04-28',
  name: 'DescribeVpcs',
  page: 'Virtual Private Cloud, DescribeVpcs',
  ramAction: 'vpc:DescribeVpcs',
  region: 'required',
  answer: ({ account, world }) => ({
    Vpcs: {
      Vpc: [
        {
          VpcId: `vpc-${account.uid}`,
          VpcName: 'default',
          RegionId: world.region,
          CidrBlock: '172.16.0.0/12',
          IsDefault: true,
          Status: 'Available',
          OwnerId: Number(account.uid),
        },
      ],
    },
    PageNumber: 1,
    PageSize: 10,
    TotalCount: 1,
  }),
});
