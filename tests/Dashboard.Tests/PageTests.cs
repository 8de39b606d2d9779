using System.Net;
using Microsoft.Playwright;
using RbpfSpec.Dashboard.Recording;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Dashboard.Tests;

/// <summary>The page, in a browser.</summary>
[Trait("Needs", "browser")]
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Attack = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\">";

    private readonly GivenTime time = new();
    private readonly List<string> requests = [];
    private readonly List<string> complaints = [];
    private volatile Device device = Devices.Known;
    private Recorder recorder = null!;
    private DashboardServer server = null!;
    private IPage page = null!;

    public async Task InitializeAsync()
    {
        recorder = new(new GivenSensors(), time);
        server = DashboardServer.Open(new(IPAddress.Loopback, 0), () => device, recorder, ["coap://127.0.0.1:5683"], out var problem)
            .ShouldNotBeNull(problem);
        page = await chromium.Page(isOffline: false);
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, message) => complaints.Add(message);
    }

    public async Task DisposeAsync()
    {
        await page.CloseAsync();
        server.Dispose();
    }

    [Fact]
    public async Task It_shows_the_containers_with_results_budget_and_trap()
    {
        await Open();

        (await Text("#container-0")).ShouldContain("started");
        (await Text("#container-0")).ShouldContain("1 of 200 branches");
        (await Text("#container-0")).ShouldContain("store_local");
        (await page.Locator("#container-0 meter").First.GetAttributeAsync("value")).ShouldBe("1");
        (await Text("#container-1")).ShouldContain("stopped by a trap");
        (await Text("#trap-1")).ShouldContain("DivisionByZero at slot 2");
        (await Text("#trap-1 .instruction")).ShouldBe("div %r0, %r1");
        (await Text("#trap-1 .source")).ShouldBe(Devices.SourceOfDivision);
        (await Text("#hooks")).ShouldContain("abort on negative");
        (await Text("#stores")).ShouldContain("Of the container in slot 0, 1 of 16 places");
        await NothingWasAmiss();
    }

    [Fact]
    public async Task A_chart_gains_points_and_the_value_changes_when_samples_come()
    {
        await Open();
        await page.Locator("#sensor-0 svg[data-points='1']").WaitForAsync();
        (await Text("#sensor-0 .value")).ShouldBe("27.16 °C");

        for (var i = 1; i <= 3; i++)
        {
            time.Now += 1000;
            var reading = Reading.Of((short)(2716 + (100 * i)), Reading.Celsius, -2);
            recorder.Sampled(0, reading);
            device = device.After(new DeviceEvent.Sample(0, reading));
        }

        await page.Locator("#sensor-0 svg[data-points='4']").WaitForAsync();
        (await Text("#sensor-0 .value")).ShouldBe("30.16 °C");
        (await page.Locator("#sensor-0 polyline").GetAttributeAsync("points"))!.Split(' ').Length.ShouldBe(5);
        (await page.Locator("#sensor-0 svg").GetAttributeAsync("aria-label"))
            .ShouldBe("temperature: from 27.16 to 30.16 °C in the last 3 s");
        (await Text("#sensor-2 .value")).ShouldBe("reads nothing");
        await NothingWasAmiss();
    }

    [Fact]
    public async Task A_trap_that_comes_is_shown_and_told_to_who_listens()
    {
        device = device.After(new DeviceEvent.Install(1, Devices.Application(Devices.Division)));
        await Open();
        (await page.Locator("#trap-1").CountAsync()).ShouldBe(0);

        device = device.After(new DeviceEvent.Run(1, []));

        await page.Locator("#trap-1").WaitForAsync();
        (await page.Locator("#news").TextContentAsync()).ShouldBe("Slot 1 is stopped by the trap DivisionByZero.");
        (await page.Locator("#trap-1 .source").CountAsync()).ShouldBe(0);
        await NothingWasAmiss();
    }

    [Fact]
    public async Task Names_and_texts_are_text()
    {
        var source = Devices.Application(Devices.Division).With([new(0, Attack)]);
        device = device.After(new DeviceEvent.Install(1, source)).After(new DeviceEvent.Run(1, []));
        device = device with
        {
            Sensors = device.Sensors.With(0, device.Sensors[0] with { Name = Attack }),
            Hooks = device.Hooks.With(0, device.Hooks[0] with { Name = Attack }),
        };
        recorder.Tell(new DeviceEffect.Printed(0, Attack));
        recorder.Tell(new DeviceEffect.UpdateRefused(0, Attack));

        await Open();

        foreach (var place in (string[])["#sensor-0 h3", "#hooks tbody", "#prints tbody", "#updates tbody", "#trap-1 .source"])
            (await Text(place)).ShouldContain(Attack, customMessage: place);
        (await page.Locator("main script, main img").CountAsync()).ShouldBe(0);
        (await page.TitleAsync()).ShouldBe("Device · RbpfSpec");
        await NothingWasAmiss();
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_is_as_wide_as_the_screen_and_light_or_dark_as_the_reader_has_it(int width, ColorScheme scheme)
    {
        await page.SetViewportSizeAsync(width, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        recorder.Tell(new DeviceEffect.Printed(0, new string('x', 500)));

        await Open();

        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBe(width);
        var light = await page.EvaluateAsync<int>(
            "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((sum, part) => sum + part)");
        (light > 384).ShouldBe(scheme == ColorScheme.Light);
        await NothingWasAmiss();
    }

    [Fact]
    public async Task Who_listens_finds_headings_tables_with_captions_and_cells_with_headers()
    {
        await Open();

        (await page.Locator("h2").AllTextContentsAsync()).ShouldBe(["Containers", "Sensors", "Hooks", "Stores", "Updates", "Printed"]);
        (await page.Locator("table").CountAsync()).ShouldBe(await page.Locator("table > caption").CountAsync());
        (await page.GetByRole(AriaRole.Columnheader, new() { Name = "Last result" }).CountAsync()).ShouldBe(1);
        (await page.GetByRole(AriaRole.Rowheader, new() { Name = "tick" }).CountAsync()).ShouldBe(1);
        (await page.Locator("[aria-live='polite']").CountAsync()).ShouldBe(1);
        (await page.Locator("svg:visible:not([aria-label])").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_device_that_is_gone_is_told()
    {
        await Open();
        server.Dispose();

        await page.Locator("#link.lost").WaitForAsync();
        (await page.Locator("#news").TextContentAsync()).ShouldBe("The device does not answer.");
    }

    private async Task Open()
    {
        await page.GotoAsync(server.Address.AbsoluteUri);
        await page.Locator("#link.live").WaitForAsync();
    }

    private Task<string> Text(string selector) => page.Locator(selector).First.InnerTextAsync();

    private async Task NothingWasAmiss()
    {
        complaints.ShouldBeEmpty();
        requests.ShouldNotBeEmpty();
        requests.ShouldAllBe(request => request.StartsWith(server.Address.AbsoluteUri, StringComparison.Ordinal));
        await page.Locator("#link.live").WaitForAsync();
    }
}
