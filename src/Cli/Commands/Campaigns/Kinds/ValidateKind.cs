using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Commands.Native;
using RbpfSpec.Fuzzing;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.ProgramReports;
using RbpfSpec.Proofs.Compiled;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Validation;

namespace RbpfSpec.Cli.Commands.Campaigns.Kinds;

/// <summary>Pieces that are programs: each is translated, and the translation proved.</summary>
internal sealed class ValidateKind : IWorkKind
{
    // A program takes a second or more.
    private const ulong MostPrograms = 8;
    private const ulong Parts = 64;

    public string Name => "validate";

    /// <summary>The piece of a file.</summary>
    public static string Piece(string name, byte[] bytes) =>
        JsonSerializer.Serialize(new(name, Convert.ToBase64String(bytes), 0, 0), ValidateJson.Default.ValidatePiece);

    /// <summary>The pieces of so many drawn programs.</summary>
    public static IEnumerable<string> Pieces(ulong programs) => Range64.Pieces(programs, Parts, 1, MostPrograms)
        .Select(piece => JsonSerializer.Serialize(new(null, "", piece.First, piece.End), ValidateJson.Default.ValidatePiece));

    public IWorkshop Open(string settings)
    {
        var read = JsonSerializer.Deserialize(settings, ValidateJson.Default.ValidateSettings)!;
        return new Workshop(read, Session(read));
    }

    private static ISolver Session(ValidateSettings settings) => SolverFactory.Open(settings.Solver) switch
    {
        SolverSession.Unavailable(var reason) => throw new WorkRefusedException(reason),
        SolverSession.Opened(var solver) => solver,
    };

    private sealed class Workshop(ValidateSettings settings, ISolver first) : IWorkshop
    {
        private readonly ConcurrentBag<ISolver> waiting = [first];

        public IWorkbench Bench() => new Bench(settings, waiting.TryTake(out var session) ? session : Session(settings));

        public void Dispose()
        {
            while (waiting.TryTake(out var session)) session.Dispose();
        }
    }

    private sealed class Bench(ValidateSettings settings, ISolver solver) : IWorkbench
    {
        private readonly Profile profile = SharedBench.Profile(settings.Profile);

        private Admission Rules => Admission.Of(profile, [.. settings.Helpers]);

        public string Do(string piece, CancellationToken cancellation)
        {
            var read = JsonSerializer.Deserialize(piece, ValidateJson.Default.ValidatePiece)!;
            return JsonSerializer.Serialize(
                read.File is { } name ? [OfFile(name, Convert.FromBase64String(read.Bytes))] : [.. Drawn(read, cancellation)],
                ValidateJson.Default.ValidatedProgramArray);
        }

        public void Dispose() => solver.Dispose();

        private IEnumerable<ValidatedProgram> Drawn(ValidatePiece piece, CancellationToken cancellation)
        {
            var setting = Setting.Of(profile);
            for (var number = piece.First; number < piece.End; number++)
            {
                cancellation.ThrowIfCancellationRequested();
                FuzzCase.Draw(setting, settings.Seed, number, out var program);
                yield return Told($"program {number} of seed {settings.Seed}", Verdict(program));
            }
        }

        private ValidatedProgram OfFile(string name, byte[] bytes)
        {
            ImageOptions options = new()
            {
                Helpers =
                [
                    .. HelperCatalogue.Declarations
                        .Where(helper => settings.Helpers.Contains(helper.Id) || HelperCatalogue.OfDevice.Contains(helper)),
                ],
            };
            return ProgramFile.Read(name, bytes, null, options) switch
            {
                ProgramReading.Malformed(var problems) => Told(name, new(CommandLine.Fails, problems)),
                ProgramReading.Loaded(var image) => Told(
                    name,
                    image.Check(Rules, out _, most: 1) is { } program
                        ? Verdict(program)
                        : new(CommandLine.Fails, Rejections.Lines(image, Rules))),
            };
        }

        private ToldVerdict Verdict(CheckedProgram program)
        {
            var limit = TimeSpan.FromTicks(settings.LimitTicks);
            if (settings.Target is NativeTarget.Cil)
                return CilCompilation.Of(program, new CompiledValidation(program).Validate(solver, limit));
            var (native, certificate) = Translator.Translate(program);
            return VerdictReport.Of(program, native, certificate, Validator.Validate(program, native, certificate, solver, limit));
        }

        private static ValidatedProgram Told(string name, ToldVerdict verdict) => new(name, verdict.Code, [.. verdict.Lines]);
    }
}

/// <summary>The things that all pieces of a campaign have in common.</summary>
internal sealed record ValidateSettings(NativeTarget Target, string Profile, uint[] Helpers, ulong Seed, string Solver, long LimitTicks)
{
    /// <summary>As a plan has it.</summary>
    [JsonIgnore]
    public string Text => JsonSerializer.Serialize(this, ValidateJson.Default.ValidateSettings);
}

/// <summary>A piece: a file, or drawn programs from a number to before another.</summary>
internal sealed record ValidatePiece(string? File, string Bytes, ulong First, ulong End);

/// <summary>The fate of a program.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">The exit code of a command that works on it alone.</param>
/// <param name="Lines">What such a command says.</param>
internal sealed record ValidatedProgram(string Name, int Code, string[] Lines)
{
    /// <summary>The programs of a result.</summary>
    public static IReadOnlyList<ValidatedProgram> Read(string result) =>
        JsonSerializer.Deserialize(result, ValidateJson.Default.ValidatedProgramArray)!;
}

[JsonSerializable(typeof(ValidateSettings))]
[JsonSerializable(typeof(ValidatePiece))]
[JsonSerializable(typeof(ValidatedProgram[]))]
internal sealed partial class ValidateJson : JsonSerializerContext;
