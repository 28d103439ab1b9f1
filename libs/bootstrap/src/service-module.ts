import { BoardDecisions, Cursors, PeopleClient, PersonFacts, Services } from '@homeward/http';
import { Clock } from '@homeward/kernel';
import { Database, Pools } from '@homeward/persistence';
import { PolicyOverrides } from '@homeward/policy';
import type { DynamicModule } from '@nestjs/common';
import { Following } from './at-rest.http';
import type { ServiceConfig } from './config';
import { inEveryService } from './in-every-service';
import type { ServiceDefinition } from './service-definition';
import { ServiceInfo } from './service-info';

export interface Provided {
  config: Pick<ServiceConfig, 'service' | 'secret' | 'peopleUrl' | 'services' | 'simulated'> & {
    overrides?: PolicyOverrides;
  };
  database: Database;
  pools: Pools;
  clock: Clock;
  /** The service's own token, for `…/internal/**` of another. */
  token: () => Promise<string>;
  following?: Following;
}

class ServiceRoot {}

/** The service's module, inside one that provides, by class, what every service may have injected. */
export function serviceModule(definition: ServiceDefinition, provided: Provided): DynamicModule {
  const { config, database, pools, clock, token, following = new Following() } = provided;
  const people = new PeopleClient({ peopleUrl: config.peopleUrl, token });
  const facts = new PersonFacts(pools.worker, people, config.service);
  const overrides = config.overrides ?? new PolicyOverrides();
  const providers = [
    { provide: Database, useValue: database },
    { provide: Pools, useValue: pools },
    { provide: Clock, useValue: clock },
    { provide: Cursors, useValue: new Cursors(config.secret) },
    { provide: Services, useValue: new Services(config.services, token) },
    { provide: PeopleClient, useValue: people },
    { provide: PersonFacts, useValue: facts },
    { provide: ServiceInfo, useValue: new ServiceInfo(config.service, config.secret, config.simulated) },
    { provide: PolicyOverrides, useValue: overrides },
    { provide: BoardDecisions, useValue: new BoardDecisions(overrides, facts, database) },
    { provide: Following, useValue: following },
  ];
  const exported = providers.map(({ provide }) => provide);
  return {
    module: ServiceRoot,
    global: true,
    imports: [definition.module, inEveryService(definition.name)],
    providers,
    exports: exported,
  };
}
