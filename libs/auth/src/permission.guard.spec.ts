import type { Principal } from '@homeward/persistence';
import { ForbiddenException, UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { Permit } from './permission';
import { PermissionGuard, type AccessedRequest } from './permission.guard';
import { InvalidToken } from './verifier';

class Routes {
  @Permit('team-lead', 'coordinator')
  accept() {}
  undecided() {}
}

@Permit('privacy')
class PrivacyRoutes {
  look() {}
}

const principal: Principal = {
  organisation: 'RZ1',
  sub: '0a3c1d52-5b0e-4f0e-8a51-000000000003',
  teams: [],
  roles: ['coordinator', 'team-lead'],
  purpose: 'direct-care',
};

async function call(
  route: () => void,
  authorization?: string,
  bearer: Principal | Error = principal,
  type: object = Routes,
) {
  const request: AccessedRequest = { headers: { authorization } };
  const verify = () => (bearer instanceof Error ? Promise.reject(bearer) : Promise.resolve(bearer));
  const context = {
    getHandler: () => route,
    getClass: () => type,
    switchToHttp: () => ({ getRequest: () => request }),
  };
  const guard = new PermissionGuard({ verify });
  const answer: unknown = await guard.canActivate(context as unknown as ExecutionContext).catch((e: unknown) => e);
  return { answer, request };
}

const TOKEN = 'Bearer a.b.c';
const { accept, undecided } = Routes.prototype;
const { look } = PrivacyRoutes.prototype;

describe('a route is open to the roles that it names and to nobody else', () => {
  it('acts in the first role of the route that the caller has', async () => {
    const { answer, request } = await call(accept, TOKEN);
    expect(answer).toBe(true);
    expect(request).toMatchObject({ principal, role: 'team-lead' });
  });

  it('refuses a caller with none of its roles, and knows who it was', async () => {
    const { answer, request } = await call(accept, TOKEN, { ...principal, roles: ['commissioner'] });
    expect(answer).toBeInstanceOf(ForbiddenException);
    expect(request.principal?.roles).toEqual(['commissioner']);
    expect(request.role).toBeUndefined();
  });

  it('is closed to everybody when it names none', async () => {
    expect((await call(undecided, TOKEN)).answer).toBeInstanceOf(ForbiddenException);
  });

  it('takes the roles of its controller when it names none itself', async () => {
    const { answer } = await call(look, TOKEN, { ...principal, roles: ['privacy'] }, PrivacyRoutes);
    expect(answer).toBe(true);
  });
});

describe('a caller is known by a bearer token', () => {
  it.each([undefined, '', 'Basic Z3A6cGFzcw==', 'Bearer', 'Bearer a b'])('and not by %p', async (authorization) => {
    const { answer, request } = await call(accept, authorization);
    expect(answer).toBeInstanceOf(UnauthorizedException);
    expect(request.principal).toBeUndefined();
  });

  it('that the issuer gave', async () => {
    const { answer } = await call(accept, TOKEN, new InvalidToken('expired'));
    expect(answer).toBeInstanceOf(UnauthorizedException);
  });

  it('and an error of ours is not blamed on the token', async () => {
    const failure = new Error('something else');
    expect((await call(accept, TOKEN, failure)).answer).toBe(failure);
  });
});
