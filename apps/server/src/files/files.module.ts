import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { TmuxyConfig } from '../config/config.js';
import { FILES_DEFAULTS } from '../config/files-section.js';
import { PolicyModule } from '../policy/policy.module.js';
import { TmuxModule } from '../tmux/tmux.module.js';
import { ConfinedFiles } from './confined/confined-files.js';
import { NameRules } from './confined/name-rules.js';
import { serverFiles, uploadsDirOf } from './confined/server-files.js';
import { DirectoryService } from './directory.service.js';
import { DownloadService } from './download/download.service.js';
import { DownloadSlots } from './download/download-slots.js';
import { FilesController } from './files.controller.js';
import { ListingGate } from './listing-gate.js';
import { FileRoots } from './roots/file-roots.service.js';
import { UploadCleaner } from './uploads/upload-cleaner.js';
import { UploadPlacer } from './uploads/upload-placer.js';
import { UploadRights } from './uploads/upload-rights.js';
import { UploadStore } from './uploads/upload-store.js';
import { UploadTargets } from './uploads/upload-target.js';
import { UploadsController } from './uploads/uploads.controller.js';
import { UploadsService } from './uploads/uploads.service.js';

/** Looking at files, and putting files there. */
@Module({
  imports: [AuthModule, AuditModule, TmuxModule, PolicyModule],
  controllers: [FilesController, UploadsController],
  providers: [
    { provide: ConfinedFiles, useFactory: confinedFiles, inject: [TmuxyConfig] },
    FileRoots,
    DirectoryService,
    ListingGate,
    DownloadService,
    DownloadSlots,
    UploadRights,
    {
      provide: UploadStore,
      useFactory: (config: TmuxyConfig) => new UploadStore(uploadsDirOf(config)),
      inject: [TmuxyConfig],
    },
    UploadTargets,
    UploadPlacer,
    UploadsService,
    UploadCleaner,
  ],
})
export class FilesModule {}

function confinedFiles(config: TmuxyConfig): ConfinedFiles {
  const { files } = config;
  return new ConfinedFiles({
    names: new NameRules({
      denyNames: files.denyNames ?? FILES_DEFAULTS.denyNames,
      dotfiles: files.dotfiles ?? FILES_DEFAULTS.dotfiles,
    }),
    serverFiles: serverFiles(config),
    hardLinks: files.hardLinks ?? FILES_DEFAULTS.hardLinks,
  });
}
