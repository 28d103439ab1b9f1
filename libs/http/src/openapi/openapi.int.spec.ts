import { startEdge, type Edge } from '../edge/edge.fixture';

let edge: Edge;
let document: any;
beforeAll(async () => {
  edge = await startEdge();
  document = (await edge.send('GET', '/openapi.json')).body;
});
afterAll(() => edge.close());

it('is OpenAPI 3.1', () => {
  expect(document.openapi).toBe('3.1.0');
});

it('has the fields of a DTO as its validators say them', () => {
  expect(document.components.schemas.PlanVisit).toEqual({
    type: 'object',
    additionalProperties: false,
    required: ['what', 'hours'],
    properties: {
      what: { type: 'string', maxLength: 200 },
      hours: { type: 'integer', minimum: 1, maximum: 10 },
      place: expect.objectContaining({ $ref: '#/components/schemas/Place' }),
    },
  });
});

it('has an example of every body and of every answer', () => {
  for (const item of Object.values<any>(document.paths)) {
    for (const operation of Object.values<any>(item)) {
      const good = Object.entries<any>(operation.responses).find(([status]) => status < '300')?.[1];
      expect(good.content['application/json'].example).toBeDefined();
      if (operation.requestBody) {
        expect(operation.requestBody.content['application/json'].examples.example.value).toBeDefined();
      }
    }
  }
});

it('tells a command’s headers', () => {
  const { parameters } = document.paths['/visits/{id}/move'].post;
  const required = parameters.filter((one: any) => one.required).map((one: any) => one.name);
  expect(required.sort()).toEqual(['Idempotency-Key', 'If-Match', 'id']);
});

it('names a list’s query', () => {
  const { parameters } = document.paths['/visits'].get;
  expect(parameters.filter((one: any) => one.in === 'query')).toEqual([
    expect.objectContaining({ name: 'cursor', required: false }),
    expect.objectContaining({ name: 'limit', required: false }),
    expect.objectContaining({ name: 'kind', required: false, schema: { type: 'string', enum: ['home', 'clinic'] } }),
  ]);
});
