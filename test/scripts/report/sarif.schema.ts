/**
 * The slice of the SARIF 2.1.0 schema (OASIS, sarif-schema-2.1.0.json) that the view uses, closed: names, types and
 * bounds are the standard's.
 */
const text = { type: 'string' } as const;
const object = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const message = object({ text }, ['text']);
const level = { enum: ['none', 'note', 'warning', 'error'] };

const region = object({
  startLine: { type: 'integer', minimum: 1 },
  startColumn: { type: 'integer', minimum: 1 },
});
const location = object({
  physicalLocation: object({ artifactLocation: object({ uri: { type: 'string', format: 'uri-reference' } }), region }),
});
const rule = object(
  {
    id: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: object({ level }),
  },
  ['id'],
);
const result = object(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: -1 },
    level,
    message,
    locations: { type: 'array', items: location },
  },
  ['message'],
);
const run = object(
  {
    tool: object(
      { driver: object({ name: text, rules: { type: 'array', uniqueItems: true, items: rule } }, ['name']) },
      ['driver'],
    ),
    columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
    invocations: {
      type: 'array',
      items: object(
        {
          executionSuccessful: { type: 'boolean' },
          toolExecutionNotifications: { type: 'array', items: object({ level, message }, ['message']) },
        },
        ['executionSuccessful'],
      ),
    },
    results: { type: 'array', items: result },
  },
  ['tool'],
);

export const SARIF_SCHEMA = object(
  {
    $schema: { type: 'string', format: 'uri' },
    version: { enum: ['2.1.0'] },
    runs: { type: 'array', items: run },
  },
  ['version', 'runs'],
);
