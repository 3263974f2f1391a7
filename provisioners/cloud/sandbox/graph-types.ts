/**
 * The part of Microsoft Graph's v1.0 metadata that request bodies are checked against.
 * Source: microsoftgraph/msgraph-metadata, clean_v10_metadata/cleanMetadata.xml, August 2026.
 * Copyright (c) Microsoft Corporation, MIT licence. Facts about types only, in our own form.
 */

/** `Collection(X)` is a list of X; a name without a dot is an EDM primitive. */
export interface Property {
  readonly type: string;
  readonly nullable: boolean;
  /** Set by the service: a write is refused. Not in the metadata; from the reference pages. */
  readonly readOnly?: true;
}

type Type = Readonly<Record<string, Property>>;

const optional = (type: string): Property => ({ type, nullable: true });
const required = (type: string): Property => ({ type, nullable: false });
const readOnly = (type: string): Property => ({ type, nullable: true, readOnly: true });

export const GRAPH_TYPES = {
  'graph.user': {
    accountEnabled: optional('Boolean'),
    assignedLicenses: readOnly('Collection(graph.assignedLicense)'),
    assignedPlans: readOnly('Collection(graph.assignedPlan)'),
    city: optional('String'),
    companyName: optional('String'),
    createdDateTime: readOnly('DateTimeOffset'),
    department: optional('String'),
    displayName: optional('String'),
    employeeId: optional('String'),
    employeeType: optional('String'),
    givenName: optional('String'),
    id: readOnly('String'),
    jobTitle: optional('String'),
    licenseAssignmentStates: readOnly('Collection(graph.licenseAssignmentState)'),
    mail: optional('String'),
    mailNickname: optional('String'),
    mobilePhone: optional('String'),
    officeLocation: optional('String'),
    onPremisesExtensionAttributes: optional('graph.onPremisesExtensionAttributes'),
    onPremisesImmutableId: optional('String'),
    onPremisesSyncEnabled: readOnly('Boolean'),
    passwordPolicies: optional('String'),
    passwordProfile: optional('graph.passwordProfile'),
    preferredLanguage: optional('String'),
    provisionedPlans: readOnly('Collection(graph.provisionedPlan)'),
    proxyAddresses: readOnly('Collection(String)'),
    signInSessionsValidFromDateTime: readOnly('DateTimeOffset'),
    surname: optional('String'),
    usageLocation: optional('String'),
    userPrincipalName: optional('String'),
    userType: optional('String'),
  },
  'graph.passwordProfile': {
    forceChangePasswordNextSignIn: optional('Boolean'),
    forceChangePasswordNextSignInWithMfa: optional('Boolean'),
    password: optional('String'),
  },
  'graph.onPremisesExtensionAttributes': Object.fromEntries(
    Array.from({ length: 15 }, (_, i) => [`extensionAttribute${i + 1}`, optional('String')]),
  ),
  'graph.assignedLicense': { disabledPlans: required('Collection(Guid)'), skuId: optional('Guid') },
  'action.assignLicense': {
    addLicenses: required('Collection(graph.assignedLicense)'),
    removeLicenses: required('Collection(Guid)'),
  },
  'action.revokeSignInSessions': {},
} as const satisfies Record<string, Type>;

export type GraphType = keyof typeof GRAPH_TYPES;

export const typeNamed = (name: string): Type | undefined => (GRAPH_TYPES as Readonly<Record<string, Type>>)[name];
