namespace RbpfSpec.Bench.Host;

/// <summary>An engine of others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Measure">Measures it.</param>
internal sealed record OtherEngine(string Name, Func<Workshop, Row> Measure)
{
    // The response of the reply has so many bytes.
    private const ulong Reply = 12;

    /// <summary>All of them; native code is the first.</summary>
    public static IReadOnlyList<OtherEngine> All { get; } =
    [
        new("gcc -O2", Native),
        new("wasm2c and gcc -O2", WasmToC),
        new("Wasmtime", Wasmtime),
        new("V8, WebAssembly", V8Module),
        new("V8, JavaScript", V8Script),
        new("Lua 5.4", Lua),
        new("QuickJS in V8", QuickJs),
        new("Duktape", Duktape),
        new("MuJS", work => Script(work, "MuJS", "mujs", "the Debian package mujs")),
        new("wabt wasm-interp", WasmInterpreter),
        new("MicroPython in V8", MicroPython),
    ];

    private static string C => Path.Combine(Repository.Root, "bench/workloads/fletcher32.c");

    private static Row Native(Workshop work)
    {
        const string package = "the Debian package gcc";
        var (binary, code, text) = (work.PathOf("native"), work.PathOf("native.o"), work.PathOf("native.text"));
        work.Execute("gcc", package, "-O2", "-o", binary, Workshop.Source("engines/native.c"), C);
        work.Execute("gcc", package, "-Os", "-fno-asynchronous-unwind-tables", "-c", "-o", code, C);
        work.Execute("objcopy", "the Debian package binutils", "-O", "binary", "-j", ".text", code, text);
        var row = Sized(new("gcc -O2"), text) with
        {
            Fletcher = work.Timed(Workshop.Checksum, binary, package, Workshop.Hexadecimal, work.Milliseconds),
        };
        return work.Started(row, binary, Workshop.Hexadecimal, "0");
    }

    private static Row WasmToC(Workshop work)
    {
        const string runtime = "/usr/share/wabt/wasm2c";
        const string package = "the Debian package wabt";
        var module = Module(work, "fletcher32");
        work.Execute("wasm2c", package, module, "-o", work.PathOf("fletcher32.c"));
        if (!Directory.Exists(runtime)) throw new MissingException($"there is no '{runtime}', which comes with {package}");
        var binary = work.PathOf("wasm2c");
        string[] arguments =
        [
            "-O2", "-I", work.Folder, "-I", runtime, "-o", binary, Workshop.Source("engines/wasm2c.c"), work.PathOf("fletcher32.c"),
            $"{runtime}/wasm-rt-impl.c", "-lm",
        ];
        work.Execute("gcc", "the Debian package gcc", arguments);
        var row = Sized(new("wasm2c and gcc -O2"), module) with
        {
            Fletcher = work.Timed(Workshop.Checksum, binary, package, Workshop.Hexadecimal, work.Milliseconds),
        };
        return work.Started(row, binary, Workshop.Hexadecimal, "0");
    }

    private static Row Wasmtime(Workshop work)
    {
        var (project, source) = (Directory.CreateDirectory(work.PathOf("wasmtime")).FullName, Workshop.Source("engines/embed-wasmtime.cs"));
        var program = Path.Combine(project, "embed.cs");
        File.Copy(source, program);
        work.Execute("dotnet", "the .NET SDK", "publish", program, "-v", "quiet", "-o", Path.Combine(project, "out"));
        return Both(work, new("Wasmtime"), Path.Combine(project, "out", "embed"), "the NuGet package Wasmtime", work.Folder);
    }

    private static Row V8Module(Workshop work) =>
        Both(work, new("V8, WebAssembly"), "node", "Node.js", Workshop.Source("engines/v8-wasm.cjs"), work.Folder);

    private static Row V8Script(Workshop work)
    {
        var programs = Workshop.Source("programs");
        var row = Sized(new("V8, JavaScript"), Workshop.Source("programs/fletcher32.js"), isText: true);
        return Times(work, row, "node", "Node.js", Workshop.Source("engines/v8.cjs"), programs);
    }

    private static Row Lua(Workshop work)
    {
        var row = Sized(new("Lua 5.4"), Workshop.Source("programs/fletcher32.lua"), isText: true);
        return Times(
            work, row, "lua5.4", "the Debian package lua5.4", Workshop.Source("engines/lua.lua"), Workshop.Source("programs"));
    }

    private static Row Duktape(Workshop work) => Script(work, "Duktape", "duk", "the Debian package duktape");

    private static Row QuickJs(Workshop work)
    {
        Needs("quickjs-emscripten");
        return Script(work, "QuickJS in V8", "node", "Node.js", Workshop.Source("engines/quickjs.cjs"));
    }

    private static Row WasmInterpreter(Workshop work)
    {
        const int many = 2001;
        const string name = "wabt wasm-interp";
        const string package = "the Debian package wabt";
        File.WriteAllText(work.PathOf("input.inc"), string.Join(',', Workshop.Input));
        string Batch(int times) => work.Module(
            Workshop.Source("programs/batch.c"), $"batch{times}", $"-I{work.Folder}", $"-DTIMES={times}");
        var (once, often) = (Batch(1), Batch(many));
        if (!work.Execute("wasm-interp", package, once, "--run-all-exports").Contains($"i32:{Workshop.Checksum}", StringComparison.Ordinal))
            throw new InvalidOperationException("the result is another one");
        var row = work.Started(Sized(new(name), Module(work, "fletcher32")), "wasm-interp", once, "--run-all-exports");
        var repeated = work.Started(row, "wasm-interp", often, "--run-all-exports");
        return row with { Fletcher = (repeated.StartUp - row.StartUp) / (many - 1) };
    }

    private static Row MicroPython(Workshop work)
    {
        const string package = "@micropython/micropython-webassembly-pyscript";
        Needs(package);
        var row = Sized(new("MicroPython in V8"), Workshop.Source("programs/fletcher32.py"), isText: true);
        string Whole(string task, string milliseconds) => work.Joined(
            $"{task}-{milliseconds}.py",
            $"name, hexadecimal, milliseconds = '{task}', '{Workshop.Hexadecimal}', {milliseconds}",
            File.ReadAllText(Workshop.Source($"programs/{task}.py")),
            File.ReadAllText(Workshop.Source("engines/micropython.py")));
        string[] Command(string script) => [Workshop.Source("engines/micropython.mjs"), script, Path.Combine(Workshop.Packages, package)];
        row = row with
        {
            Fletcher = work.Timed(Workshop.Checksum, "node", "Node.js", Command(Whole("fletcher32", work.Milliseconds))),
            Reply = work.Timed(Reply, "node", "Node.js", Command(Whole("reply", work.Milliseconds))),
        };
        return work.Started(row, "node", Command(Whole("fletcher32", "0")));
    }

    // An engine that takes one script, whose clock tells milliseconds.
    private static Row Script(Workshop work, string name, string command, string package, params string[] before)
    {
        var row = Sized(new(name), Workshop.Source("programs/fletcher32.js"), isText: true);
        string Whole(string task, string milliseconds) => work.Joined(
            $"{task}-{milliseconds}.js",
            $"var given = {{ name: \"{task}\", hexadecimal: \"{Workshop.Hexadecimal}\", milliseconds: {milliseconds} }};",
            File.ReadAllText(Workshop.Source("engines/tasks.js")),
            File.ReadAllText(Workshop.Source($"programs/{task}.js")),
            File.ReadAllText(Workshop.Source("engines/last.js")));
        row = row with
        {
            Fletcher = work.Timed(Workshop.Checksum, command, package, [.. before, Whole("fletcher32", work.Milliseconds)]),
            Reply = work.Timed(Reply, command, package, [.. before, Whole("reply", work.Milliseconds)]),
        };
        return work.Started(row, command, [.. before, Whole("fletcher32", "0")]);
    }

    private static Row Both(Workshop work, Row row, string command, string package, params string[] before)
    {
        row = Sized(row, Module(work, "fletcher32"));
        work.Module(Workshop.Source("programs/reply.c"), "reply", "-Wl,--export=reply");
        return Times(work, row, command, package, before);
    }

    private static Row Times(Workshop work, Row row, string command, string package, params string[] before)
    {
        row = row with
        {
            Fletcher = work.Timed(
                Workshop.Checksum, command, package, [.. before, "fletcher32", Workshop.Hexadecimal, work.Milliseconds]),
            Reply = work.Timed(Reply, command, package, [.. before, "reply", "", work.Milliseconds]),
        };
        return work.Started(row, command, [.. before, "fletcher32", Workshop.Hexadecimal, "0"]);
    }

    private static string Module(Workshop work, string name) => work.Module(C, name, $"-Wl,--export={name}");

    private static void Needs(string package)
    {
        if (!Directory.Exists(Path.Combine(Workshop.Packages, package)))
            throw new MissingException($"there is no npm package '{package}'; bench/host/compare.sh --install fetches it");
    }

    // Of a script counts what says something: no comments.
    private static Row Sized(Row row, string file, bool isText = false)
    {
        var bytes = File.ReadAllBytes(file);
        if (isText)
        {
            var lines = File.ReadAllLines(file).Where(line => !(line.StartsWith("//", StringComparison.Ordinal)
                || line.StartsWith("--", StringComparison.Ordinal) || line.StartsWith('#')));
            bytes = System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line.TrimStart()}\n")));
            if (file.EndsWith(".py", StringComparison.Ordinal)) bytes = Indented(file);
        }

        return row with { Bytes = bytes.Length, Packed = Workshop.Packed(bytes) };
    }

    // In Python the indentation says something: one space a level.
    private static byte[] Indented(string file) => System.Text.Encoding.UTF8.GetBytes(string.Concat(
        from line in File.ReadAllLines(file)
        where !line.StartsWith('#')
        let text = line.TrimStart()
        select $"{new string(' ', (line.Length - text.Length) / 4)}{text}\n"));
}
