import { ODS_CODE } from '@homeward/kernel';
import { Matches } from 'class-validator';

/** Of a field that is the code of an organisation. */
export const IsOdsCode = (): PropertyDecorator => Matches(ODS_CODE, { message: '$property must be an ODS code' });
