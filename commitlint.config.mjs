export default {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'header-max-length': [2, 'always', 72],
    // A body is prose, often with a path or a command that cannot be broken.
    'body-max-line-length': [0],
    'footer-max-line-length': [0],
  },
};
