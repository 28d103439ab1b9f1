import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { badRequest, type FieldError } from '../problem/problem';

/** DTOs are checked by class-validator; unknown fields are refused and nothing is converted that did not ask for it. */
export const validationPipe = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const fields = fieldErrors(errors);
      return badRequest('invalid-fields', `${fields.length === 1 ? 'A field is' : 'Fields are'} not right.`, fields);
    },
  });

function fieldErrors(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    if ('whitelistValidation' in constraints) return [unknownField(parent, property)];
    const pointer = `${parent}/${property}`;
    const own = Object.values(constraints).map((detail) => ({ pointer, detail }));
    return [...own, ...fieldErrors(children, pointer)];
  });
}

/** Somebody may have sent a name or a number as a field's name: only what looks like a field is named. */
const unknownField = (parent: string, property: string): FieldError =>
  /^[a-z][A-Za-z]{0,39}$/.test(property)
    ? { pointer: `${parent}/${property}`, detail: 'There is no such field.' }
    : { pointer: parent || '/', detail: 'It holds a field that does not exist.' };
