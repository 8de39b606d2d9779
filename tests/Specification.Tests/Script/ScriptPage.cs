using System.Text.Json;
using Microsoft.Playwright;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Script;

namespace RbpfSpec.Specification.Tests.Script;

/// <summary>A page with the compiled script, the suite, and what compares the two.</summary>
public sealed class ScriptPage : IAsyncLifetime
{
    private static readonly string Comparison = File.ReadAllText(
        Path.Combine(Repository.Root, "tests/Specification.Tests/Script/vectors.js"));

    private readonly Chromium chromium = new();

    private IPage page = null!;

    /// <summary>The script.</summary>
    public string Text { get; } = SemanticsScript.Of(Profile.Rbpf);

    // A suite leaves out the state before where it is that of most, and of the one after the memory where it is the same.
    private const string Beginning = """
        globalThis.suite = written.vectors.map(vector => {
          if (vector.expected.rejected) return vector;
          const { start, context } = written;
          const length = vector.memory.length / 2;
          const region = { name: "context", address: context, permission: "rw", length, bytes: vector.memory };
          const registers = start.registers.with(1, context).with(2, `0x${length.toString(16)}`);
          const before = vector.before || (length === 0 ? start : { ...start, registers, memory: [...start.memory, region] });
          return { ...vector, before, after: { memory: before.memory, ...vector.after } };
        });
        """;

    /// <summary>The value of an expression of JavaScript.</summary>
    public async Task<T> Value<T>(string expression) =>
        (await page.EvaluateAsync(expression))!.Value.Deserialize<T>(JsonSerializerOptions.Web)!;

    /// <summary>Puts another script in the place of the compiled one.</summary>
    public async Task Load(string script) => await page.AddScriptTagAsync(new() { Content = script });

    public async Task InitializeAsync()
    {
        await chromium.InitializeAsync();
        page = await chromium.Page();
        await Load(Text);
        await Load(Comparison);
        await Load(
            $"globalThis.written = {(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "spec/vectors/vectors.json"))).Trim()};");
        await Load(Beginning);
    }

    public Task DisposeAsync() => chromium.DisposeAsync();
}
