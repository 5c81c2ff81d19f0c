import { MODES } from '@muster/contracts';

export const modeParameter = {
  type: 'object',
  required: ['mode'],
  properties: { mode: { type: 'string', enum: [...MODES] } },
};

/** Problem details (RFC 9457). */
export const problemAnswer = {
  description: 'A problem, told by its code.',
  content: {
    'application/problem+json': {
      schema: {
        type: 'object',
        required: ['type', 'title', 'status', 'code', 'detail'],
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          code: { type: 'string' },
          detail: { type: 'string' },
          fields: {
            type: 'array',
            items: {
              type: 'object',
              required: ['path', 'because'],
              properties: { path: { type: 'string' }, because: { type: 'string' } },
            },
          },
        },
      },
    },
  },
};
