/** Where GitHub looks for it, from the repository's root. */
export const DAILY_WORKFLOW_FILE = '.github/workflows/evenkeel-daily.yml';

/**
 * The workflow of the daily check. It calls nothing but the command line, and keeps the evidence on a branch of its own: a cache is evicted and
 * an artifact expires, a branch loses nothing, refuses a push that would overwrite a day, and tells a missing state from one that cannot be
 * reached. `folder` is the part of the repository to check, `.` for the whole.
 */
export function dailyWorkflow(folder: string): string {
  const path = folder === '.' ? '' : ` ${shellQuoted(folder)}`;
  return `# Written by evenkeel init --daily. docs: docs/daily-check.md of Evenkeel. Yours to change.
name: Evenkeel daily check

on:
  schedule:
    - cron: "23 4 * * *"   # once a day, in UTC
  workflow_dispatch:
    inputs:
      start:
        description: Begin where there is no state yet. The first time only, or for a prompt that joins.
        type: boolean
        default: false

permissions: {}

concurrency:
  group: evenkeel-daily   # two checks at once would be two versions of one day
  cancel-in-progress: false

jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: write   # pushes the state to its branch, nothing else
      issues: write     # one issue while the check is red
    steps:
      - uses: actions/checkout@v6
        with:
          persist-credentials: false   # only the two steps that need the token get it

      - uses: actions/setup-node@v6
        with:
          node-version: 24

      - name: Install
        if: hashFiles('package-lock.json') != ''
        run: npm ci --ignore-scripts

      # A branch that is not there leaves the folder empty, and the check then says that the state is lost: it never begins anew by itself.
      # A branch that cannot be reached ends the job here.
      - name: Restore state
        id: restore
        shell: bash
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          gh auth setup-git
          found=0
          git ls-remote --exit-code --heads origin refs/heads/evenkeel-state || found=$?
          case "$found" in
            0)
              git fetch --depth 1 origin refs/heads/evenkeel-state
              git worktree add -B evenkeel-state .evenkeel-state FETCH_HEAD
              ;;
            2)
              git worktree add --detach --no-checkout .evenkeel-state HEAD
              git -C .evenkeel-state switch --orphan evenkeel-state
              ;;
            *) exit 1 ;;
          esac

      - name: Check
        id: check
        shell: bash
        env:
          START: \${{ inputs.start && '--start' || '' }}
          OPENAI_API_KEY: \${{ secrets.OPENAI_API_KEY }}
          ANTHROPIC_API_KEY: \${{ secrets.ANTHROPIC_API_KEY }}
        run: |
          code=0
          npx evenkeel drift${path} --daily --state .evenkeel-state --report evenkeel-drift-report.json --report evenkeel-drift-report.md --json $START > evenkeel-drift-log.jsonl || code=$?
          cat evenkeel-drift-log.jsonl
          echo "code=$code" >> "$GITHUB_OUTPUT"
          red=$(jq -Rn '[inputs | fromjson? | objects] | any(.[]; .type == "comparison" and .exitCode == 1)' evenkeel-drift-log.jsonl)
          echo "red=$red" >> "$GITHUB_OUTPUT"
          if [ -f evenkeel-drift-report.md ]; then cat evenkeel-drift-report.md >> "$GITHUB_STEP_SUMMARY"; fi

      # Also after a check that failed half way: what was answered is in the state already and is not asked for again.
      - name: Keep state
        if: always() && steps.restore.outcome == 'success'
        shell: bash
        env:
          GH_TOKEN: \${{ github.token }}
        run: |
          git -C .evenkeel-state add --all
          if git -C .evenkeel-state diff --cached --quiet; then exit 0; fi
          git -C .evenkeel-state -c user.name=evenkeel -c user.email=evenkeel@users.noreply.github.com commit --quiet -m "Daily check of $(date -u +%F)"
          git push origin evenkeel-state

      - uses: actions/upload-artifact@v7
        if: always() && steps.restore.outcome == 'success'
        with:
          name: evenkeel-daily
          path: |
            evenkeel-drift-report*
            evenkeel-drift-log.jsonl
            .evenkeel-state
            !.evenkeel-state/.git
          include-hidden-files: true
          if-no-files-found: ignore

      - name: Open or update the issue
        if: always() && steps.check.outputs.red == 'true'
        shell: bash
        env:
          GH_TOKEN: \${{ github.token }}
          GH_REPO: \${{ github.repository }}
        run: |
          number=$(gh issue list --app github-actions --state open --limit 1000 --json number,title --jq 'map(select(.title == "Evenkeel: the daily check is red")) | first | .number // empty')
          if [ -n "$number" ]; then
            gh issue edit "$number" --body-file evenkeel-drift-report.md
          else
            gh issue create --title "Evenkeel: the daily check is red" --body-file evenkeel-drift-report.md
          fi

      - name: Result
        if: always()
        shell: bash
        env:
          CODE: \${{ steps.check.outputs.code }}
        run: |
          case "$CODE" in
            0) echo "Green." ;;
            4) echo "::warning::Amber: something may have changed; the check looked closer." ;;
            1) echo "::error::Red: a model's answers changed. The report says what; accept or reject it."; exit 1 ;;
            3) echo "::error::The check was not made, or its state is lost. See the log above."; exit 1 ;;
            *) echo "::error::The check could not run. See the log above."; exit 1 ;;
          esac
`;
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
