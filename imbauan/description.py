from imbauan.items import *
def describe(a, r=None, o=False): return Description("advisory", "Polda X")
