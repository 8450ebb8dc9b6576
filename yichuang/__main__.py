from yichuang.project.cli import main

raise SystemExit(main())
