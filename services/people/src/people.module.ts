import { ServiceInfo, type ServiceDefinition } from '@homeward/bootstrap';
import { Module } from '@nestjs/common';
import { Audits } from './adapters/audits';
import { ERASABLE } from './adapters/erasure.repository';
import { migrations } from './adapters/migrations';
import { PeopleKeys } from './adapters/people-keys';
import { BeginHome } from './features/begin-home/begin-home';
import { BeginHomeController } from './features/begin-home/begin-home.http';
import { BreakGlassHandler } from './features/break-glass/break-glass';
import { BreakGlassController } from './features/break-glass/break-glass.http';
import { LookController } from './features/break-glass/look.http';
import { CardsController } from './features/cards/cards.http';
import { ContactsController } from './features/contacts/contacts.http';
import { ConsentNowController } from './features/consent-now/consent-now.http';
import { ConsentsController } from './features/consents/consents.http';
import { CorrectPerson } from './features/correct-person/correct-person';
import { CorrectPersonController } from './features/correct-person/correct-person.http';
import { EndNeed } from './features/end-need/end-need';
import { EndNeedController } from './features/end-need/end-need.http';
import { EndContact } from './features/end-contact/end-contact';
import { EndContactController } from './features/end-contact/end-contact.http';
import { FactsController } from './features/facts/facts.http';
import { HomesController } from './features/homes/homes.http';
import { LiftHomeRestriction } from './features/lift-home-restriction/lift-home-restriction';
import { LiftHomeRestrictionController } from './features/lift-home-restriction/lift-home-restriction.http';
import { LooksController } from './features/looks/looks.http';
import { MergePerson } from './features/merge-person/merge-person';
import { MergePersonController } from './features/merge-person/merge-person.http';
import { NeedsController } from './features/needs/needs.http';
import { PersonController } from './features/person/person.http';
import { RecordConsent } from './features/record-consent/record-consent';
import { RecordConsentController } from './features/record-consent/record-consent.http';
import { RecordContact } from './features/record-contact/record-contact';
import { RecordContactController } from './features/record-contact/record-contact.http';
import { RecordDeath } from './features/record-death/record-death';
import { RecordDeathController } from './features/record-death/record-death.http';
import { RecordNeed } from './features/record-need/record-need';
import { RecordNeedController } from './features/record-need/record-need.http';
import { RegisterForOrganisationController } from './features/register-person/register-for-organisation.http';
import { RegisterPerson } from './features/register-person/register-person';
import { RegisterPersonController } from './features/register-person/register-person.http';
import { RestrictHome } from './features/restrict-home/restrict-home';
import { RestrictHomeController } from './features/restrict-home/restrict-home.http';
import { RestrictedHomesController } from './features/restricted-homes/restricted-homes.http';
import { ReviewBreakGlass } from './features/review-break-glass/review-break-glass';
import { ReviewBreakGlassController } from './features/review-break-glass/review-break-glass.http';
import { SearchController } from './features/search/search.http';
import { WorkItemsController } from './features/work-items/work-items.http';
import { WithdrawConsent } from './features/withdraw-consent/withdraw-consent';
import { WithdrawConsentController } from './features/withdraw-consent/withdraw-consent.http';

@Module({
  controllers: [
    RegisterPersonController,
    RegisterForOrganisationController,
    CorrectPersonController,
    BeginHomeController,
    RestrictHomeController,
    LiftHomeRestrictionController,
    RecordNeedController,
    EndNeedController,
    RecordContactController,
    EndContactController,
    RecordConsentController,
    WithdrawConsentController,
    RecordDeathController,
    MergePersonController,
    CardsController,
    SearchController,
    WorkItemsController,
    LooksController,
    BreakGlassController,
    LookController,
    ReviewBreakGlassController,
    FactsController,
    HomesController,
    RestrictedHomesController,
    NeedsController,
    ContactsController,
    ConsentsController,
    ConsentNowController,
    PersonController,
  ],
  providers: [
    RegisterPerson,
    CorrectPerson,
    BeginHome,
    RestrictHome,
    LiftHomeRestriction,
    RecordNeed,
    EndNeed,
    RecordContact,
    EndContact,
    RecordConsent,
    WithdrawConsent,
    RecordDeath,
    MergePerson,
    Audits,
    BreakGlassHandler,
    ReviewBreakGlass,
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
  segments: ['people', 'break-glass'],
  module: PeopleModule,
  migrations,
  projections: [],
  erasable: ERASABLE,
  reactions: [],
};
