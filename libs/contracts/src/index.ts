import { a } from '@homeward/kernel'; console.log(a);
