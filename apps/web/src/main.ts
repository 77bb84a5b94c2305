import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { APP_CONFIG } from './app/app.config';
import { giveStylesTheNonce } from './style-nonce';

giveStylesTheNonce(document);
void bootstrapApplication(App, APP_CONFIG);
