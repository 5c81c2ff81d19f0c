import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { DUTIES_CLAIM, type Person } from '../session/person.ts';
import { CLIENT_ID, secret } from './client.ts';

const signingKey = () => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid: 'demo',
  use: 'sig',
  alg: 'ES256',
});

/** The identity server itself; where it listens, and for whom, is the caller's. */
export const providerOf = (
  issuer: string,
  publicUrl: string,
  clientSecret: string,
  people: readonly Person[],
) =>
  new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        redirect_uris: [`${publicUrl}/auth/callback`],
        post_logout_redirect_uris: [`${publicUrl}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [signingKey()] },
    cookies: { keys: [secret()] },
    claims: { openid: ['sub'], profile: ['name', DUTIES_CLAIM] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => {
      const person = people.find((each) => each.id === id);
      return person && { accountId: id, claims: () => claimsOf(person) };
    },
    // The people are asked who they are, and not what the gateway may know of them.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: CLIENT_ID,
        ...(oidc.session?.accountId === undefined ? {} : { accountId: oidc.session.accountId }),
      });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
    interactions: { url: (_, interaction) => `/sign-in/${interaction.uid}` },
    features: { devInteractions: { enabled: false } },
  });

const claimsOf = ({ id, name, duties }: Person) => ({ sub: id, name, [DUTIES_CLAIM]: duties });
