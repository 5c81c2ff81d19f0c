import type { CommandName } from '@muster/contracts';
import { queryOptions } from '@tanstack/react-query';
import { get } from './http.ts';

/** JSON Schema, as far as the bodies of commands use it. */
export type BodySchema = {
  type?: string;
  properties?: Readonly<Record<string, BodySchema>>;
  required?: readonly string[];
  items?: BodySchema;
  enum?: readonly string[];
  const?: string;
  oneOf?: readonly BodySchema[];
  anyOf?: readonly BodySchema[];
  pattern?: string;
  maxLength?: number;
  minItems?: number;
};

type Description = {
  paths: Record<
    string,
    { post?: { requestBody?: { content: Record<string, { schema: BodySchema }> } } } | undefined
  >;
};

/** What each command takes, as the API describes itself. */
export const descriptionQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: ({ signal }) => get<Description>('/openapi.json', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const bodySchemaOf = ({ paths }: Description, command: CommandName): BodySchema | undefined =>
  paths[`/v1/{mode}/commands/${command}`]?.post?.requestBody?.content['application/json']?.schema;
