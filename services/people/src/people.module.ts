import { ServiceInfo, type ServiceDefinition } from '@homeward/bootstrap';
import { Module } from '@nestjs/common';
import { Begin1764028800000 } from './adapters/migrations/begin';
import { PeopleKeys } from './adapters/people-keys';
import { CardsController } from './features/cards/cards.http';
import { FactsController } from './features/facts/facts.http';
import { PersonController } from './features/person/person.http';
import { RegisterForOrganisationController } from './features/register-person/register-for-organisation.http';
import { RegisterPerson } from './features/register-person/register-person';
import { RegisterPersonController } from './features/register-person/register-person.http';
import { SearchController } from './features/search/search.http';
import { WorkItemsController } from './features/work-items/work-items.http';

@Module({
  controllers: [
    RegisterPersonController,
    RegisterForOrganisationController,
    CardsController,
    SearchController,
    WorkItemsController,
    FactsController,
    PersonController,
  ],
  providers: [
    RegisterPerson,
    {
      provide: PeopleKeys,
      useFactory: (info: ServiceInfo) => new PeopleKeys(info.key('people')),
      inject: [ServiceInfo],
    },
  ],
})
class PeopleModule {}

export const people: ServiceDefinition = {
  name: 'people',
  description: 'Who somebody is: the index of people, and who may know what of them.',
  segments: ['people'],
  module: PeopleModule,
  migrations: [Begin1764028800000],
  projections: [],
  reactions: [],
};
