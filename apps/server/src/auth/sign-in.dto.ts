import { IsString, Length, ValidateIf } from 'class-validator';

/** Body of `POST /api/sign-in`: a key, or a name and a password. */
export class SignInDto {
  @ValidateIf((dto: SignInDto) => dto.key !== undefined || !isPasswordForm(dto))
  @IsString()
  @Length(1, 128)
  readonly key?: string;

  @ValidateIf(isPasswordForm)
  @IsString()
  @Length(1, 256)
  readonly username?: string;

  @ValidateIf(isPasswordForm)
  @IsString()
  @Length(1, 1024)
  readonly password?: string;
}

function isPasswordForm({ username, password }: SignInDto): boolean {
  return username !== undefined || password !== undefined;
}
