import { IsString, Length } from 'class-validator';

/** Body of `POST /api/sign-in`. */
export class SignInDto {
  @IsString()
  @Length(1, 128)
  readonly key: string = '';
}
