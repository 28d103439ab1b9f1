/** The number of a service, as events may carry it. */
export const SERVICE_TELEPHONE = /^\+?[0-9 ]{3,20}$/;
export const TELEPHONE_FORM = '$property must be 3 to 20 digits and spaces';
