import type { Principal } from '@homeward/persistence';
import {
  ForbiddenException,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
  type Type,
} from '@nestjs/common';
import { PERMITTED_ROLES, type Role } from './permission';
import { InvalidToken, type TokenVerifier } from './verifier';

/** A request after the guard: who calls, and the role that permits it. */
export interface AccessedRequest {
  headers: { authorization?: string };
  principal?: Principal;
  role?: string;
}

/** Who calls, and whether one of their roles may use the route. A route that permits nobody is closed to everybody. */
export class PermissionGuard implements CanActivate {
  constructor(private readonly verifier: Pick<TokenVerifier, 'verify'>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AccessedRequest>();
    // Set before the decision: a refusal leaves an audit row of its caller too.
    const principal = (request.principal = await this.authenticate(request.headers.authorization));
    const role = permittedRoles(context).find((permitted) => principal.roles.includes(permitted));
    if (!role) throw new ForbiddenException('None of your roles may do this.');
    request.role = role;
    return true;
  }

  private async authenticate(authorization: string | undefined): Promise<Principal> {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (!token) throw new UnauthorizedException('Send a token: Authorization: Bearer …');
    try {
      return await this.verifier.verify(token);
    } catch (error) {
      throw error instanceof InvalidToken ? new UnauthorizedException(error.message, { cause: error }) : error;
    }
  }
}

/** The roles that `@Permit(…)` names at the handler, else at its controller; whoever has none of them may nothing (AUTH-03). */
export function permittedRoles(context: { getHandler(): unknown; getClass(): Type<unknown> }): Role[] {
  const targets = [context.getHandler(), context.getClass()] as object[];
  const found = targets.map((target) => Reflect.getMetadata(PERMITTED_ROLES, target) as Role[] | undefined);
  return found.find((roles) => roles !== undefined) ?? [];
}
