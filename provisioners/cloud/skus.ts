/**
 * Products that bring a mailbox, from Microsoft's table "Product names and service plan identifiers for licensing" and
 * the Exchange Online limits. A tenant is matched by `skuId`, never by name.
 */
export interface Sku {
  readonly part: string;
  readonly skuId: string;
  /** Service plan of Exchange Online within the product. */
  readonly exchangePlan: string;
  /** Largest mailbox in GB. */
  readonly mailboxGb: number;
}

const STANDARD = { exchangePlan: '9aaf7827-d63c-4b61-89c3-182f06f82e5c', mailboxGb: 50 };
const ENTERPRISE = { exchangePlan: 'efb87545-963c-4e0d-99df-69c6916d9eb0', mailboxGb: 100 };
const DESKLESS = { exchangePlan: '4a82b400-a79f-41a4-b4e2-e94f5787b113', mailboxGb: 2 };

export const SKUS: readonly Sku[] = [
  { part: 'EXCHANGESTANDARD', skuId: '4b9405b0-7788-4568-add1-99614e613b69', ...STANDARD },
  { part: 'EXCHANGEENTERPRISE', skuId: '19ec0d23-8335-4cbd-94ac-6050e30712fa', ...ENTERPRISE },
  { part: 'EXCHANGEDESKLESS', skuId: '80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82', ...DESKLESS },
  { part: 'STANDARDPACK', skuId: '18181a46-0d4e-45cd-891e-60aabd171b4e', ...STANDARD },
  { part: 'Office_365_w/o_Teams_Bundle_E1', skuId: 'b57282e3-65bd-4252-9502-c0eae1e5ab7f', ...STANDARD },
  { part: 'ENTERPRISEPACK', skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900', ...ENTERPRISE },
  { part: 'ENTERPRISEPREMIUM', skuId: 'c7df2760-2c81-4ef7-b578-5b5392b571df', ...ENTERPRISE },
  { part: 'SPE_E3', skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', ...ENTERPRISE },
  { part: 'SPE_E5', skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06', ...ENTERPRISE },
  { part: 'SPE_F1', skuId: '66b55226-6b4f-492c-910c-a3b7a3c9d993', ...DESKLESS },
  { part: 'DESKLESSPACK', skuId: '4b585984-651b-448a-9e53-3b10f069cf7f', ...DESKLESS },
];

export const EXCHANGE_PLANS: ReadonlySet<string> = new Set(SKUS.map((sku) => sku.exchangePlan));

export const skuByPart = (part: string): Sku | undefined => SKUS.find((sku) => sku.part === part);
export const skuById = (skuId: string | null): Sku | undefined => SKUS.find((sku) => sku.skuId === skuId);
