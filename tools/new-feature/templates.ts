import { contractFileOf, folderOf, type Feature } from './feature';

const pascal = (name: string): string => name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
const camel = (name: string): string => pascal(name).replace(/^./, (letter) => letter.toLowerCase());
const sentence = (name: string): string => name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
const EXAMPLE_ID = '0199b6a0-0000-7000-8000-000000000010';
const HOW_TO = 'docs/how-to/add-a-feature.md';

export const contractNameOf = ({ aggregate, event }: Feature): string => camel(`${aggregate}-${event}`);
export const classNameOf = ({ name }: Feature): string => pascal(name);

/** The four files of a command by their paths, not formatted yet. */
export const filesOf = (feature: Feature): Record<string, string> => ({
  [contractFileOf(feature)]: contract(feature),
  [`${folderOf(feature)}/${feature.name}.http.ts`]: route(feature),
  [`${folderOf(feature)}/${feature.name}.ts`]: handler(feature),
  [`${folderOf(feature)}/${feature.name}.int.spec.ts`]: suite(feature),
});

function contract(feature: Feature): string {
  const { service, aggregate, event } = feature;
  const what = sentence(`${aggregate}-${event}`);
  return `import type { Static } from '@sinclair/typebox';
    import type { EventContract } from '../event-contract';
    import { closed, uuid } from '../schema';

    const schema = closed({ ${camel(aggregate)}Id: uuid('The ${aggregate}') });

    export const ${contractNameOf(feature)}: EventContract<Static<typeof schema>> = {
      type: 'homeward.${service}.${aggregate}.${event}.v1',
      minor: 0,
      title: '${what}',
      description: '${what}.',
      stream: '${aggregate === 'team' ? 'team' : 'person'}',
      schema,
      example: { ${camel(aggregate)}Id: '${EXAMPLE_ID}' },
    };`;
}

function route(feature: Feature): string {
  const { name, verb, past, aggregate } = feature;
  const command = classNameOf(feature);
  const segment = aggregate === 'person' ? 'people' : `${aggregate}s`;
  const path = name === `${verb}-${aggregate}` ? verb : name;
  return `import { Command, Context, IsInstant } from '@homeward/http';
    import type { CommandContext, Outcome } from '@homeward/persistence';
    import { Body, Controller, Param, Post } from '@nestjs/common';
    import { ApiProperty } from '@nestjs/swagger';
    import { IsOptional } from 'class-validator';
    import { ${command}Handler } from './${name}';

    export class ${command}Body {
      @ApiProperty({ description: 'When it happened. Now, if absent.' })
      @IsOptional()
      @IsInstant()
      ${past}At?: string;
    }

    @Controller('${segment}')
    export class ${command}Controller {
      constructor(private readonly handler: ${command}Handler) {}

      @Command({
        action: '${name}',
        summary: '${sentence(name)}',
        may: ['team-lead'],
        ifMatch: true,
        body: ${command}Body,
        example: { ${past}At: '2026-11-25T09:30:00Z' },
      })
      @Post(':id/${path}')
      ${verb}(
        @Context() context: CommandContext,
        @Param('id') id: string,
        @Body() { ${past}At }: ${command}Body,
      ): Promise<Outcome> {
        return this.handler.${verb}(context, id, { ${past}At: ${past}At === undefined ? undefined : new Date(${past}At) });
      }
    }`;
}

function handler(feature: Feature): string {
  const { name, verb, past, aggregate } = feature;
  const command = classNameOf(feature);
  const id = `${camel(aggregate)}Id`;
  return `import { Database, type CommandContext, type Decision, type Outcome, type Row, type StreamLock } from '@homeward/persistence';
    import { Injectable } from '@nestjs/common';

    export interface ${command} {
      /** Now, unless said. */
      ${past}At?: Date;
    }

    @Injectable()
    export class ${command}Handler {
      constructor(private readonly database: Database) {}

      ${verb}(context: CommandContext, ${id}: string, command: ${command}): Promise<Outcome> {
        return this.database.write(context, streamOf(${id}, context.principal.organisation), {
          load: [],
          decide: (rows, { now }) => decide(rows, { ...command, ${past}At: command.${past}At ?? now }),
        });
      }
    }

    /** Whose order this keeps, looked up by the caller's right to it: no row is a 404. */
    function streamOf(_${id}: string, _organisation: string): StreamLock {
      throw new Error('${name} is not written yet: say which stream it locks (${HOW_TO})');
    }

    /** What changes, what is published, what is answered and audited, from what was loaded. */
    function decide(_rows: Row[][], _command: ${command}): Decision {
      throw new Error('${name} is not written yet: let the domain decide (${HOW_TO})');
    }`;
}

function suite(feature: Feature): string {
  const { service, name, aggregate, event } = feature;
  return `/** Red until each of these says, with the handler and a database, what is true. See ${HOW_TO}. */
    const notWritten = (what: string) => () => {
      throw new Error(\`${name} is not proven yet: \${what}\`);
    };

    describe('${name}', () => {
      it('changes the ${aggregate} and publishes it', notWritten('expect an event homeward.${service}.${aggregate}.${event}.v1'));
      it('is refused by its rules, changes nothing and leaves an audit row', notWritten('expect the code and the rule'));
      it('answers 404 to who has no right to see the ${aggregate}', notWritten('expect NotFound'));
    });`;
}
