import { z } from 'zod';
import type { Route } from './routes';

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What was wrong and what to do.' },
    code: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { code: { type: 'string' }, path: { type: 'string' }, message: { type: 'string' } },
      },
    },
    correlationId: { type: 'string' },
  },
};

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
  return rest;
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): unknown[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const { properties = {}, required = [] } = schemaOf(schema) as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(property.description !== undefined && { description: property.description }),
    schema: property,
  }));
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Names this request for ever: sent again with it, it gives the first result. Made by the server where left out.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

/** In a demonstration everybody says who he or she is. */
function visitorHeader({ users, usualUser }: { users?: readonly string[]; usualUser?: string }): unknown[] {
  if (users === undefined) return [];
  return [
    {
      name: 'Ledger-User',
      in: 'header',
      required: false,
      description: 'The demonstration user who asks.',
      schema: { type: 'string', enum: users, default: usualUser },
    },
  ];
}

/** A form with a file and, in another field, what goes with it as JSON. */
function formOf({ field, schema }: NonNullable<Route['besideFile']>): Record<string, unknown> {
  const file = { type: 'string', format: 'binary' };
  return { type: 'object', required: ['file'], properties: { file, [field]: schemaOf(schema) } };
}

/** The OpenAPI 3.1 document of routes, with further schemas (of event data) as components. */
export function openApiOf(
  routes: readonly Route[],
  about: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly schemas: Readonly<Record<string, unknown>>;
    /** Of a demonstration ledger: its users; a live ledger takes bearer tokens. */
    readonly users?: readonly string[];
    readonly usualUser?: string;
  },
): unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const ofPath = (paths[route.path] ??= {});
    ofPath[route.method] = {
      operationId: route.operationId,
      summary: route.summary,
      tags: [route.tag],
      'x-permission': route.permission,
      security: route.permission === 'public' || about.users !== undefined ? [] : [{ bearer: [] }],
      parameters: [
        ...parametersOf(route.params, 'path'),
        ...parametersOf(route.query, 'query'),
        ...(route.permission === 'public' ? [] : visitorHeader(about)),
        ...(route.command === true ? [idempotencyKey] : []),
      ],
      ...(route.body !== undefined && {
        requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } },
      }),
      ...(route.file === true && {
        requestBody: {
          required: true,
          content: {
            'application/octet-stream': { schema: {} },
            ...(route.besideFile !== undefined && {
              'multipart/form-data': { schema: formOf(route.besideFile) },
            }),
          },
        },
      }),
      responses: {
        '200': { description: route.answers, content: { 'application/json': { schema: {} } } },
        default: {
          description: 'A problem, in a plain sentence',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: about.title,
      version: about.version,
      description: about.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: { Problem: problemSchema, ...about.schemas },
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    },
  };
}
