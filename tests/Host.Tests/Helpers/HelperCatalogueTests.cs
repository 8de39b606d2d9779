using RbpfSpec.Host.Helpers;

namespace RbpfSpec.Host.Tests.Helpers;

public sealed class HelperCatalogueTests
{
    // The ids of rBPF, of the BPF middleware of RIOT, of Femto-Containers and of µBPF.
    [Fact]
    public void Helpers_have_the_ids_of_the_published_systems() =>
        HelperCatalogue.Declarations.Select(helper => $"{helper.Id:x2} {helper.Name}").ShouldBe(
        [
            "01 printf", "02 memcpy", "03 print_debug",
            "10 store_local", "11 store_global", "12 fetch_local", "13 fetch_global",
            "20 now_ms",
            "30 saul_reg_find_nth", "31 saul_reg_find_type", "32 saul_reg_read", "33 saul_reg_write", "34 saul_reg_read_temp",
            "40 gcoap_resp_init", "41 coap_opt_finish", "42 coap_add_format", "43 coap_get_pdu",
            "50 fmt_s16_dfp", "51 fmt_u32_dec", "52 strlen",
            "60 ztimer_now", "61 ztimer_periodic_wakeup",
        ]);

    [Fact]
    public void Every_declaration_is_one() =>
        HelperCatalogue.Declarations.SelectMany(helper => helper.Problems()).ShouldBeEmpty();

    [Fact]
    public void The_helpers_without_a_device_are_among_them_and_the_same() =>
        DefaultHost.Functions.Select(function => function.Declaration).Except(HelperCatalogue.Declarations).ShouldBeEmpty();

    [Fact]
    public void An_id_that_no_helper_has_is_passed_over() =>
        HelperCatalogue.Of([0x20, 0x99]).ShouldHaveSingleItem().Declaration.Name.ShouldBe("now_ms");
}
