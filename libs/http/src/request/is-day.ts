import { isDay } from '@homeward/kernel';
import { ValidateBy } from 'class-validator';

/** Of a field that is a day, `2026-11-25`, of the years that we may speak of. */
export const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value) => typeof value === 'string' && /^(18|19|20|21)\d\d-/.test(value) && isDay(value),
      defaultMessage: () => '$property must be a day of the calendar such as 2026-11-25',
    },
  });
